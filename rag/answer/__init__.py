"""From hits to a cited answer: candidate sentences, short answers, wording, abstention; extractive or generated."""
