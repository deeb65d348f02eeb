"""The forms by which headers, credits, captions, posts and boilerplate are known: patterns only."""

from __future__ import annotations

import re

from comity.reading.dates_in_words import MONTH_PATTERN

PARAGRAPH = re.compile(r"\S(?:[^\n]|\n(?![ \t\r\f\v\u00a0]*(?:\n|\Z)))*")

DATE = (
    rf"(?i:\d{{4}}-\d\d-\d\d|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{MONTH_PATTERN})\.?,?(?:\s+\d{{2,4}})?"
    rf"|(?:{MONTH_PATTERN})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?)"
)
DASH = r"(?:--+|—|–|-)"
_CLOCK = r"\d\d?[:.]\d\d(?::\d\d)?(?:\s*(?:[AP]M|[ap]\.?m\.?|GMT|UTC|EST|EDT|CET|CEST))*"

# Glued metadata at the very head: " date 2025-12-26 Several key issues ...", "Published: 3 May 2024".
GLUED = re.compile(
    r"\s*(?:date|dated|published|published on|updated|last updated|posted|posted on)\s*:?\s+"
    rf"{DATE}(?:[T ,]+{_CLOCK})?[ \t]*\|?",
    re.I,
)
# "SAN SALVADOR, 9 NOV 88 (AGENCY) -- [TEXT] ", "OSLO, Norway (AP) — ", "LONDON, Dec 24 (Reuters) - ", "GENEVA — "
DATELINE = re.compile(
    r"\s*(?!(?:FILE|PHOTO|UPDATE|BREAKING|WATCH|LIVE|EXCLUSIVE|ANALYSIS|OPINION)\b)"
    r"(?P<place>(?:[A-Z][A-Z.'’\-]+|[A-Z]{2,})(?:[ /](?:[A-Z][A-Z.'’\-]+|DE|DU|DA|AL))*(?:\s?\([A-Z .]+\))?"
    r"(?:,\s?(?:[A-Z][\w.]+)(?: [A-Z][\w.]+){0,2})?)"
    rf"(?P<date>,?\s{DATE}(?:,?\s\d{{2,4}})?)?"
    r"(?P<agency>\s?\([A-Z][\w .&\-/]{1,60}\))?"
    rf"\s?{DASH}{{1,2}}\s"
    r"(?P<marks>(?:\[(?:TEXT|EXCERPTS?|SUMMARY|COMMENTARY|COMMUNIQUE|REPORT|INTERVIEW|STATEMENT|NEWS|SPEECH|"
    r"EDITORIAL|BY|FROM)\b[^\]]{0,300}\]\s?)*)",
)
_TOWN = r"[A-Z][\w.'’\-]+(?:[ /][A-Z][\w.'’\-]+){0,2}"
# "Port Vell - ", "Lomnia, Torvenia – ", "(Agency) - " before the first words of a report
PLAIN_DATELINE = re.compile(
    rf"\s*(?:{_TOWN}(?:,\s{_TOWN})?(?:,?\s\([A-Z][\w .&\-/]{{1,40}}\))?|\([A-Z][\w .&\-/]{{1,40}}\))"
    rf"\s{DASH}\s(?=[A-Z\"“'‘])"
)
BREAK = re.compile(rf"\s{DASH}\s")
MARKS = re.compile(
    r"\s*(?:\[(?:TEXT|EXCERPTS?|PASSAGE OMITTED|SUMMARY|COMMENTARY|COMMUNIQUE|REPORT|NO DATE GIVEN)\]\s*)+"
)
BYLINE = re.compile(
    r"(?:By|Reported by|Written by|Words by)\s+[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){0,4}"
    r"(?:(?:,| and| &)\s+[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){0,4})*(?:\s*[,|–—-].{0,80})?\Z"
)
KEY_VALUE = re.compile(
    r"(?:Published|Updated|Last updated|Last modified|Posted|Date|Dated|Author|Authors|Source|Title|URL|Link|Tags|"
    r"Keywords|Category|Section|Byline|Dateline|Issued|Language)\s*:\s*\S.{0,200}\Z",
    re.I,
)
DATE_ONLY = re.compile(
    rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?{DATE}(?:[ ,|–-]+(?:at\s+)?{_CLOCK})?\.?\Z"
    r"|\d{1,2}[:.]\d{2}(?:\s*(?:[ap]\.?m\.?|h|hrs))?(?:\s+(?:gmt|utc|c?e[st]t|local time))?\Z",
    re.I,
)

_AGENCY = r"(?:getty images|shutterstock|epa|afp|ap|reuters|associated press|ap photo|pool|anadolu)"
CREDIT = re.compile(
    r"(?:(?:file\s+)?(?:photo|photos|photograph|image|images|picture|pictures|illustration|graphic|map|video|"
    r"screenshot|credits?)(?:\s+credit)?\s*(?::|by\b|/|courtesy\b|via\b).{0,120}"
    r"|via\s+[A-Z@][\w.&'’ \-/]{1,60}|(?:©|\(c\)\s|copyright\b).{0,120}"
    rf"|{_AGENCY}(?:\s*/\s*[\w .'’\-]{{2,60}}|\s+(?:photo|images?)\b.{{0,40}})"
    rf"|[\w .'’\-]{{2,60}}\s*/\s*{_AGENCY}(?:\s*/\s*[\w .'’\-]{{2,60}})?)\.?\Z",
    re.I,
)
CAPTION = re.compile(
    r"(?:FILE\s*(?:PHOTO)?\s*[:–—-]|Caption\s*:|Pictured\s*[:,]|Image caption|Above\s*:"
    r"|(?:In|A) (?:this|pool) (?:file )?(?:photo|image|picture|handout|combination)\b)",
)
CAPTION_END = re.compile(
    r"(?:\([^()]*(?:Photo|Image|Getty|Reuters|AFP|EPA)[^()]*\)|(?:Photo|Image|Credit|Picture)s?\s*:\s*[^.]{2,80})\.?\Z"
)
BOILERPLATE = re.compile(
    r"(?:read (?:more|also|next|the (?:rest|full))\b|subscribe\b|sign up\b|share (?:this|on)\b|advertisement\b"
    r"|related(?::| (?:articles|stories|topics|news)\b)|all rights reserved|follow us\b|click (?:here|to)\b"
    r"|continue reading\b|support us\b|donate\b|download (?:our|the) app|join (?:our|us)\b|newsletter\b"
    r"|recommended\b|most (?:read|popular)\b|editor'?s picks?\b|comments?\Z"
    r"|(?:additional )?(?:reporting|writing|editing) by\b|our standards:"
    r"|this (?:article|story|content|material) (?:was|is|may)\b|see also\b|watch\s*:|listen\s*:|more on this\b"
    r"|cookie|terms of (?:use|service)|privacy policy|contact us|get the latest"
    r"|to (?:read|continue)\b.{0,40}\bsubscri|print this|e-?mail this|tags?\s*:|filed under|skip (?:to|advertisement))",
    re.I,
)

_LINK = r"(?:https?://\S+|www\.\S+|(?:pic\.(?:twitter|x)\.com|t\.co|youtu\.be|fb\.watch)/\S+)"
SIGNATURE = re.compile(
    rf"(?:{_LINK}\s*)*{DASH}\s?(?P<name>[^\n(@]{{1,80}}?)\s*\((?P<handle>@\w{{1,30}})\)\s*(?P<date>{DATE})?[.]?",
)
LINKS_ONLY = re.compile(rf"(?:{_LINK}\s*)+\Z")
LINK_TAIL = re.compile(r"(?:\s*(?:https?://t\.co/\S+|pic\.(?:twitter|x)\.com/\S+))+\s*\Z")

CLAUSE = re.compile(
    r"(?:\(?(?:\d{1,3}|[a-z]|[ivxl]{1,5})[.)]\s|(?:Article|Section|Clause|Point|Paragraph)\s+(?:\d+|[IVXL]+)\b)", re.I
)
NUMBER = re.compile(r"\(?(\d{1,3})[.)]\s|(?:Article|Section|Clause|Point|Paragraph)\s+(\d+)\b", re.I)
WORD = re.compile(r"[^\W\d_][\w'’\-]*")
