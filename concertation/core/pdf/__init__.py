"""Tagged PDFs (PDF/UA-1) from HTML, for every part that prints. No Django here."""
