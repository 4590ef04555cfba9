"""Names of countries, regions and towns in both languages: with a word of going or being there they tell of a journey.

The rule of this file: data, and one question of it; a name alone says nothing, for people also live somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence

from edge.talk.tokens import folded, listed

_COUNTRIES = (
    "afghanistan albania albanien algeria algerien andorra angola argentina argentinien armenia armenien australia "
    "australien austria "
    "oesterreich azerbaijan bahrain bangladesh belgium belgien belize bhutan bolivia bolivien bosnia bosnien "
    "botswana brazil "
    "brasilien britain bulgaria bulgarien cambodia kambodscha cameroon kamerun canada kanada chile china colombia "
    "kolumbien croatia "
    "kroatien cuba kuba cyprus zypern czechia tschechien denmark daenemark ecuador egypt aegypten england estonia "
    "estland ethiopia "
    "aethiopien finland finnland france frankreich germany deutschland ghana greece griechenland guatemala hungary "
    "ungarn iceland "
    "island india indien indonesia indonesien iran iraq irak ireland irland israel italy italien jamaica jamaika "
    "japan jordanien "
    "kenya kenia kosovo kuwait latvia lettland lebanon libanon liechtenstein lithuania litauen luxembourg luxemburg "
    "madagascar madagaskar malaysia maldives malediven malta mauritius mexico mexiko moldova monaco mongolia "
    "mongolei montenegro "
    "morocco marokko mozambique myanmar namibia nepal netherlands niederlande holland nigeria norway norwegen oman "
    "pakistan panama "
    "paraguay peru philippines philippinen poland polen portugal qatar katar romania rumaenien russia russland "
    "rwanda ruanda "
    "scotland schottland senegal serbia serbien singapore singapur slovakia slowakei slovenia slowenien spain "
    "spanien sweden schweden "
    "switzerland schweiz syria syrien taiwan tanzania tansania thailand tunisia tunesien tuerkei turkey uganda "
    "ukraine uruguay usa "
    "uzbekistan vietnam wales zambia sambia zimbabwe georgien korea emirates emirate uk"
)
_TOWNS = (
    "aachen aberdeen abu addis adelaide amsterdam ankara antalya antwerp antwerpen athens athen atlanta auckland "
    "augsburg austin "
    "bangkok barcelona basel bath beijing belfast belgrade belgrad bergamo bergen berlin bern bielefeld bilbao "
    "birmingham bochum bogota "
    "bologna bombay bonn bordeaux boston bozen bratislava braunschweig bregenz bremen brighton brisbane bristol brno "
    "brussels bruessel "
    "bucharest bukarest budapest cairo kairo calgary cambridge canberra cardiff casablanca chemnitz chicago "
    "christchurch cologne koeln "
    "copenhagen kopenhagen cork cusco dallas danzig darmstadt davos delhi denver detroit dortmund dresden dubai "
    "dublin dubrovnik "
    "dundee durban duesseldorf edinburgh eindhoven erfurt essen exeter faro flensburg florence florenz frankfurt "
    "freiburg friedrichshafen "
    "galway gdansk geneva genf genoa genua gent ghent glasgow gothenburg goeteborg granada graz guangzhou hamburg "
    "hannover hanoi havana "
    "heidelberg helsinki hongkong houston innsbruck interlaken inverness istanbul izmir jakarta jena jerusalem "
    "johannesburg kapstadt "
    "karlsruhe kassel katmandu kathmandu kiel kiew kyiv klagenfurt koblenz konstanz krakau krakow kyoto lagos "
    "lausanne leeds leicester "
    "leipzig lille lima limerick linz lisbon lissabon liverpool ljubljana london lucerne luzern luebeck lugano lyon "
    "madrid magdeburg "
    "mailand mainz malaga manchester manila mannheim marrakech marrakesch marseille melbourne miami milan milano "
    "minneapolis mombasa "
    "montreal moscow moskau mumbai munich muenchen muenster nairobi naples napoli neapel nashville nice newcastle "
    "nizza norwich "
    "nottingham nuernberg nuremberg odessa oldenburg orlando oslo osnabrueck ottawa oxford palermo paris passau "
    "perth philadelphia "
    "phoenix pisa porto portland potsdam prague prag quito regensburg reykjavik riga rimini rom rome rosenheim "
    "rostock rotterdam "
    "saarbruecken salzburg santiago sarajevo schwerin seattle sevilla seville shanghai sheffield shenzhen sofia "
    "southampton split "
    "stockholm strasbourg strassburg stuttgart sydney tallinn tampa tampere tirana tokyo tokio toronto toulouse "
    "trier trieste triest "
    "tromso trondheim tuebingen turin ulm utrecht valencia vancouver venedig venice verona vienna wien vilnius "
    "villach warsaw warschau "
    "washington weimar wellington wiesbaden wuerzburg wuppertal york yokohama zagreb zurich zuerich zermatt chamonix"
)
_REGIONS = (
    "adria allgaeu alaska alsace elsass amrum andalusia andalusien arizona azoren azores bali balkan baltikum "
    "bavaria bayern boehmen "
    "bodensee borkum bretagne brittany burgenland burgund california kalifornien caribbean karibik catalonia "
    "cornwall corsica korsika "
    "cotswolds crete kreta devon dolomiten dolomites dorset eifel emsland engadin engadine erzgebirge europa europe "
    "asia asien africa "
    "afrika amerika amerikas fehmarn florida foehr franken fuerteventura gardasee georgia gomera hawaii helgoland "
    "hessen highlands "
    "hokkaido ibiza istrien juist kaernten kerry korfu corfu lanzarote lapland lappland madeira mallorca majorca "
    "menorca michigan "
    "montana mosel nevada niederrhein norderney nordsee normandie normandy oberbayern ostfriesland ostsee patagonia "
    "patagonien peloponnes "
    "pfalz pommern provence puglia apulien pyrenees pyrenaeen queensland rhodes rhodos riviera ruegen ruhrgebiet "
    "saarland sachsen "
    "sardinia sardinien sauerland schlesien schwaben schwarzwald sicily sizilien siebenbuergen skandinavien skye "
    "slovensko spessart "
    "steiermark suedtirol sumatra sylt teneriffa tenerife tessin texas thueringen tirol tuscany toskana umbrien "
    "usedom utah vogtland "
    "vorarlberg wallis westerwald zillertal oetztal stubai donegal connemara dales snowdonia cumbria wight jersey "
    "guernsey orkney "
    "shetland hebrides colorado oregon virginia vermont ontario quebec"
)
NAMES = listed(folded(f"{_COUNTRIES} {_TOWNS} {_REGIONS}"))
#: Names that are also words: only behind "in", "to" or "nach".
_ALSO_WORDS = listed("essen nice split turkey bath rom island phoenix jersey reading georgia jordan montana")
_PAIRS = frozenset(
    tuple(pair.split())
    for pair in (
        "new york", "new zealand", "hong kong", "cape town", "south africa", "costa rica", "sri lanka",
        "los angeles", "las vegas", "san francisco", "san diego", "saint petersburg", "st petersburg",
        "buenos aires", "rio de", "la palma", "gran canaria", "tel aviv", "abu dhabi", "ho chi", "kuala lumpur",
        "new delhi", "mexico city", "salt lake", "santa fe", "lake district", "lake garda", "peak district",
        "black forest", "isle of", "saudi arabia", "north wales", "den haag", "the hague", "san sebastian",
        "bad gastein",
    )
)  # fmt: skip
_RACES = listed(
    "marathon half halbmarathon marathons 10k ultra triathlon parkrun race lauf ironman halfmarathon citylauf"
)
_GOING = listed(
    "to nach in nach auf into towards richtung an am im from for aus bei till until via ueber off zum zur d'"
)  # fmt: skip
_BEING = listed(
    "weg bin be fly flying flug fliege heading going fahre fahr fahren reise away bis until from on week weekend "
    "woche days tage morgen "
    "tomorrow tonight friday freitag monday montag mon fri fr mo next naechste till home staying hotel unterwegs "
    "trip moving visit "
    "visiting airport train zug bus landed gelandet back zurueck"
)


def names_place(words: Sequence[str], start: int, end: int) -> int | None:
    """Return where a place is named that one goes to or is at, else None."""
    for k in range(start, end):
        pair = tuple(words[k : k + 2]) in _PAIRS
        if words[k] not in NAMES and not pair:
            continue
        if words[k + 1 : k + 2] and words[k + 1] in _RACES:
            continue
        before = words[k - 1] if k > start else ""
        earlier = words[k - 2] if k > start + 1 else ""
        if words[k] in _ALSO_WORDS and before not in {"in", "to", "nach", "aus"}:
            continue
        led = before in _GOING or (
            earlier in _GOING and before in {"the", "der", "die", "den", "dem", "my", "meiner", "beautiful"}
        )
        beside = bool(_BEING & (set(words[max(start - 12, 0) : end + 6]) - {words[k]}))
        if led or (beside and words[k] not in _ALSO_WORDS and not pair):
            return k
    return None
