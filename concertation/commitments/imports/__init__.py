"""Spreadsheets of requirements and contributions: read, mapped, checked row by row; nothing here writes."""
