"""The pages of the workbench: one module a page, found by its `page`."""
