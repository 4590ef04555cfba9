"""Places as people write them: "Denver, CO", "München", "Hotel X, 1100 14th St, Denver, CO 80202, USA".

The rule of this file: names are compared in plain letters; a state or country narrows the choice, the largest place of
what is left is meant.
"""

from __future__ import annotations

import unicodedata

from app import places
from edge.coach.types import Place

#: States of the USA: code, name, and south, north, west and east in degrees, rounded outward to half a degree.
_BOXES = """
al alabama 30 35 -88.5 -84.5|ak alaska 51 71.5 -180 -129.5|az arizona 31 37.5 -115 -109|ar arkansas 33 36.5 -95 -89.5
ca california 32.5 42 -124.5 -114|co colorado 36.5 41.5 -109.5 -102|ct connecticut 41 42.5 -74 -71.5
de delaware 38 40 -76 -75|fl florida 24.5 31 -88 -80|ga georgia 30 35.5 -86 -80.5|hi hawaii 18.5 22.5 -160.5 -154.5
id idaho 41.5 49.5 -117.5 -111|il illinois 36.5 43 -92 -87|in indiana 37.5 42 -88.5 -84.5|ia iowa 40 44 -97 -90
ks kansas 36.5 40.5 -102.5 -94.5|ky kentucky 36 39.5 -90 -81.5|la louisiana 28.5 33.5 -94.5 -88.5
me maine 43 47.5 -71.5 -66.5|md maryland 37.5 40 -79.5 -75|ma massachusetts 41 43 -74 -69.5
mi michigan 41.5 48.5 -90.5 -82|mn minnesota 43 49.5 -97.5 -89|ms mississippi 30 35.5 -92 -88
mo missouri 35.5 41 -96 -89|mt montana 44 49.5 -116.5 -104|ne nebraska 39.5 43.5 -104.5 -95
nv nevada 35 42.5 -120.5 -114|nh new_hampshire 42.5 45.5 -73 -70.5|nj new_jersey 38.5 41.5 -76 -73.5
nm new_mexico 31 37.5 -109.5 -102.5|ny new_york 40 45.5 -80 -71.5|nc north_carolina 33.5 37 -84.5 -75
nd north_dakota 45.5 49.5 -104.5 -96.5|oh ohio 38 42.5 -85 -80.5|ok oklahoma 33.5 37.5 -103.5 -94
or oregon 41.5 46.5 -125 -116|pa pennsylvania 39.5 42.5 -81 -74.5|ri rhode_island 41 42.5 -72 -71
sc south_carolina 32 35.5 -83.5 -78.5|sd south_dakota 42 46 -104.5 -96|tn tennessee 34.5 37 -90.5 -81.5
tx texas 25.5 37 -107 -93.5|ut utah 36.5 42.5 -114.5 -108.5|vt vermont 42.5 45.5 -73.5 -71
va virginia 36.5 39.5 -84 -75|wa washington 45.5 49.5 -125 -116.5|wv west_virginia 37 41 -83 -77.5
wi wisconsin 42 47.5 -93 -86.5|wy wyoming 40.5 45.5 -111.5 -104|dc district_of_columbia 38.5 39 -77.5 -76.5
"""
_Box = tuple[float, float, float, float]


def _boxes() -> dict[str, _Box]:
    found: dict[str, _Box] = {}
    for row in _BOXES.replace("|", "\n").split("\n"):
        if row:
            code, name, south, north, west, east = row.split()
            found[code] = found[name.replace("_", " ")] = (float(south), float(north), float(west), float(east))
    return found


_US_STATES = _boxes()
#: Regions that narrow nothing here, and are no places themselves where they stand behind one.
_REGION_NAMES = (
    "tirol tyrol vorarlberg karnten steiermark bayern bavaria sachsen hessen baden-wurttemberg nordrhein-westfalen "
    "niedersachsen graubunden grisons wallis valais tessin ticino vaud engadin bc ab on qc alberta ontario quebec "
    "cotswolds highlands provence bretagne catalonia cataluna andalucia lombardia toscana tuscany sudtirol piemonte"
)
_REGIONS = frozenset((*_REGION_NAMES.split(), "british columbia", "south tyrol", "land salzburg"))
_COUNTRIES = {
    "usa": "US", "united states": "US", "united states of america": "US", "us": "US", "germany": "DE",
    "deutschland": "DE", "austria": "AT", "oesterreich": "AT", "osterreich": "AT", "switzerland": "CH", "schweiz": "CH",
    "france": "FR", "frankreich": "FR", "italy": "IT", "italien": "IT", "spain": "ES", "spanien": "ES", "uk": "GB",
    "united kingdom": "GB", "mexico": "MX", "mexiko": "MX", "kenya": "KE", "kenia": "KE",
    "ethiopia": "ET", "athiopien": "ET", "colombia": "CO", "kolumbien": "CO", "peru": "PE", "ecuador": "EC",
    "bolivia": "BO", "bolivien": "BO", "nepal": "NP", "canada": "CA", "kanada": "CA", "japan": "JP", "china": "CN",
    "england": "GB", "scotland": "GB", "schottland": "GB", "wales": "GB", "ireland": "IE", "irland": "IE",
    "portugal": "PT", "netherlands": "NL", "niederlande": "NL", "belgium": "BE", "belgien": "BE", "norway": "NO",
    "norwegen": "NO", "sweden": "SE", "schweden": "SE", "finland": "FI", "finnland": "FI", "denmark": "DK",
    "danemark": "DK", "poland": "PL", "polen": "PL", "czechia": "CZ", "czech republic": "CZ", "tschechien": "CZ",
    "slovenia": "SI", "slowenien": "SI", "croatia": "HR", "kroatien": "HR", "greece": "GR", "griechenland": "GR",
    "turkey": "TR", "turkei": "TR", "morocco": "MA", "marokko": "MA", "south africa": "ZA", "sudafrika": "ZA",
    "uganda": "UG", "tanzania": "TZ", "tansania": "TZ", "chile": "CL", "argentina": "AR", "argentinien": "AR",
    "brazil": "BR", "brasilien": "BR", "india": "IN", "indien": "IN", "australia": "AU", "australien": "AU",
    "new zealand": "NZ", "neuseeland": "NZ", "andorra": "AD", "iran": "IR", "guatemala": "GT", "costa rica": "CR",
}  # fmt: skip
#: Names in German of places that the table knows by another name.
_ALSO = {
    "munchen": "munich", "muenchen": "munich", "wien": "vienna", "koln": "cologne", "koeln": "cologne",
    "genf": "geneva",
    "prag": "prague", "rom": "rome", "mailand": "milan", "venedig": "venice", "neapel": "naples", "florenz": "florence",
    "turin": "turin", "brussel": "brussels", "kopenhagen": "copenhagen", "warschau": "warsaw", "moskau": "moscow",
    "lissabon": "lisbon", "athen": "athens", "peking": "beijing", "kapstadt": "cape town",
    "mexiko-stadt": "mexico city",
    "nurnberg": "nuremberg", "zurich": "zuerich", "new york": "new york city", "nyc": "new york city",
}  # fmt: skip


def place_in(text: str) -> Place | None:
    """Return the place that a location text speaks of ("Hotel X, 1100 14th St, Denver, CO 80202, USA"); None if none.

    Parts between commas are tried from the last; a state of the USA or a country narrows the choice.
    """
    parts = [plain_name(part) for part in text.replace("\n", ",").replace(";", ",").split(",")]
    parts = [" ".join(w for w in part.split() if not any(c.isdigit() for c in w)) for part in parts]
    country = next((_COUNTRIES[p] for p in reversed(parts) if p in _COUNTRIES), "")
    state = next((p for p in reversed(parts[1:]) if p in _US_STATES), "") if country in ("", "US") else ""
    for index, part in reversed(list(enumerate(parts))):
        if not part or part in _COUNTRIES or (index and (part == state or part in _REGIONS)):
            continue
        found = _named(part, "US" if state else country, _US_STATES.get(state))
        if found is not None:
            return found
    return None


def _named(name: str, country: str, box: _Box | None) -> Place | None:
    """Return the largest place of a plain name, in a country and within a box where they are given."""
    table, wanted = places.load(), _ALSO.get(name, name)
    rows = [i for i in _by_name().get(wanted, ()) if not country or table.countries[i] == country]
    if box is not None:
        south, north, west, east = box
        latitude, longitude = table.latitude_deg, table.longitude_deg
        rows = [i for i in rows if south <= latitude[i] <= north and west <= longitude[i] <= east]
    if not rows:
        return None
    best = max(rows, key=lambda i: (int(table.size[i]), -i))
    return Place(
        table.names[best], round(float(table.latitude_deg[best]), 3), round(float(table.longitude_deg[best]), 3),
        float(table.altitude_m[best]), table.countries[best],
    )  # fmt: skip


_NAMES: dict[str, list[int]] = {}


def _by_name() -> dict[str, list[int]]:
    """Return the rows of the place table by plain name, made once."""
    if not _NAMES:
        for row, name in enumerate(places.load().names):
            _NAMES.setdefault(plain_name(name), []).append(row)
    return _NAMES


def plain_name(text: str) -> str:
    """Return a text in lower case without accents and outer spaces."""
    spread = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return "".join(c for c in spread if not unicodedata.combining(c)).strip()
