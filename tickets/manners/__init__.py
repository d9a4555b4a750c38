"""How one writes to people of a country or language: form of address, names, greeting, what else to mind.

places       a note as plain values       shipped      the notes that come with the desk
notes        those in force: shipped ones, but for what admins changed; kept in memory
locating     which place somebody belongs to, by what is known of them
greeting     the first line of a letter, with their name
days         public holidays that come
beside       all of it for one customer
access       who reads the notes and who writes them
"""
