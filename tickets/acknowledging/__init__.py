"""The receipt a person gets when their mail opens a ticket: its number, and when an answer comes."""
