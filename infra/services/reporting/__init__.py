"""The report on paper and in files: CSV, a workbook, pages, a PDF."""
