"""Numbers with bounds: their arithmetic, growth, how a sentence says them, and sentences that vary."""
