"""How the application looks: colours and measures as tokens, icons, and the style sheet made of them."""
