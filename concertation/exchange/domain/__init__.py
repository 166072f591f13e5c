"""What the exchange itself keeps."""
