"""PDFs made from letters whose words are data: the fonts, what they can draw, the compiler."""
