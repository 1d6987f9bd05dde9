"""How does a verdict look? One spec a chart, drawn on screen and on paper alike."""
