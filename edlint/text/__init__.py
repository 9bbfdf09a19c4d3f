"""What text is: offsets, positions, source maps, decoding, sentences, words, quotations."""
