"""Names of invented people, companies and places."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split(", "))


COMPANY = "Quillhire"
DOMAIN = "quillhire.example"
COMPETITORS = ("TalentHarbor", "Hireloom", "Rosterly")
"""Invented rivals that texts may mention."""

FIRST = _words(
    "Aaliyah, Adam, Agnes, Ali, Amara, Ana, Anders, Anja, Aoife, Astrid, Ben, Bruno, Camille, Carla, Chidi, "
    "Clara, Daan, Dana, Diego, Elena, Elif, Emil, Emma, Erik, Esra, Farah, Felix, Femke, Finn, Freya, "
    "Gabriel, Grace, Hanna, Haruto, Hugo, Ines, Isla, Ivan, Jana, Joana, Jonas, Julia, Kaito, Karin, Kofi, "
    "Lars, Layla, Lea, Leo, Lina, Liam, Luca, Maja, Marco, Maren, Marta, Mateo, Mei, Mia, Milan, Nadia, Nia, "
    "Nils, Noah, Nora, Olga, Oscar, Paula, Pedro, Priya, Quentin, Rania, Ravi, Rosa, Ruben, Sana, Sara, "
    "Sofia, Stefan, Sven, Tara, Theo, Tilda, Tomas, Uma, Vera, Victor, Wanda, Yara, Yusuf, Zoe"
)
LAST = _words(
    "Abbott, Achterberg, Almeida, Andersson, Bakker, Banerjee, Baptiste, Barros, Becker, Bianchi, Brandt, "
    "Carvalho, Castillo, Chen, Clarke, Cohen, Costa, Dahl, Demir, Dubois, Ekström, Fernández, Fischer, "
    "Fontaine, Garcia, Graham, Gupta, Haas, Hansen, Hartmann, Hughes, Ito, Jansen, Jensen, Kaya, Keller, "
    "Khan, Kowalski, Lambert, Larsen, Lindqvist, López, Marino, Mensah, Meyer, Moreau, Müller, Nakamura, "
    "Nguyen, Novak, O'Brien, Okafor, Olsen, Patel, Pereira, Petit, Rahman, Ramos, Reyes, Richter, Rossi, "
    "Sato, Schäfer, Silva, Singh, Sørensen, Tanaka, Torres, van Dijk, Vargas, Visser, Vogel, Wagner, Walsh, "
    "Weber, Williams, Wójcik, Yilmaz, Zhang, Zimmermann"
)
STEMS = _words(
    "Alder, Amber, Anchor, Aspen, Basalt, Beacon, Birch, Brook, Canyon, Cedar, Cinder, Clover, Cobalt, "
    "Copper, Coral, Crescent, Delta, Dune, Ember, Falcon, Fern, Fjord, Flint, Garnet, Granite, Harbor, Hazel, "
    "Heron, Hollow, Indigo, Iris, Juniper, Kestrel, Lantern, Laurel, Lichen, Linden, Lumen, Maple, Marble, "
    "Meadow, Mesa, Mistral, Nimbus, North, Oak, Onyx, Opal, Orchard, Osprey, Pebble, Pine, Polar, Prairie, "
    "Quartz, Raven, Ridge, River, Rowan, Saffron, Sage, Sierra, Silver, Slate, Solstice, Sparrow, Spruce, "
    "Summit, Tamarack, Thistle, Tidal, Timber, Topaz, Tundra, Umber, Valley, Velvet, Verdant, Violet, Walnut, "
    "Willow, Winter, Wren, Zephyr"
)
TRADES = (
    ("Logistics", "transport", "road freight"),
    ("Foods", "consumer goods", "food"),
    ("Health", "health care", "clinics"),
    ("Robotics", "manufacturing", "machinery"),
    ("Energy", "energy", "renewables"),
    ("Media", "media", "publishing"),
    ("Retail", "retail", "fashion"),
    ("Software", "software", "business software"),
    ("Finance", "financial services", "payments"),
    ("Labs", "biotech", "research services"),
    ("Works", "construction", "fit-out"),
    ("Hotels", "hospitality", "hotels"),
    ("Learning", "education", "training"),
    ("Security", "services", "guarding"),
)
COUNTRIES = (
    # country, region, currency, hours from UTC in winter, summer time, legal form, language, weight
    ("DE", "DACH", "EUR", 1, True, "GmbH", "de", 0.24),
    ("NL", "Benelux", "EUR", 1, True, "B.V.", "nl", 0.09),
    ("FR", "South", "EUR", 1, True, "SAS", "fr", 0.09),
    ("ES", "South", "EUR", 1, True, "S.L.", "es", 0.06),
    ("GB", "UK & Ireland", "GBP", 0, True, "Ltd", "en", 0.14),
    ("SE", "Nordics", "SEK", 1, True, "AB", "en", 0.05),
    ("US", "North America", "USD", -5, True, "Inc", "en", 0.19),
    ("CA", "North America", "CAD", -5, True, "Corp", "en", 0.04),
    ("AU", "APAC", "AUD", 10, False, "Pty Ltd", "en", 0.04),
    ("IN", "APAC", "USD", 5.5, False, "Pvt Ltd", "en", 0.03),
    ("BR", "LATAM", "USD", -3, False, "Ltda", "es", 0.03),
)
PER_EURO = {"EUR": 1.0, "GBP": 0.86, "USD": 1.1, "SEK": 11.2, "CAD": 1.5, "AUD": 1.65}
HOLIDAYS = {
    # month and day by region; days on which hardly anyone works
    "all": ((1, 1, "New Year"), (12, 25, "Christmas Day"), (12, 26, "Boxing Day")),
    "DACH": ((5, 1, "Labour Day"), (10, 3, "Unity Day")),
    "Benelux": ((4, 27, "King's Day"),),
    "South": ((5, 1, "Labour Day"), (8, 15, "Assumption")),
    "UK & Ireland": ((5, 5, "Early May holiday"), (8, 25, "Summer holiday")),
    "Nordics": ((6, 6, "National Day"),),
    "North America": ((7, 4, "Independence Day"), (11, 27, "Thanksgiving")),
    "APAC": ((1, 26, "National day"),),
    "LATAM": ((9, 7, "Independence Day"),),
}
