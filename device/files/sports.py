"""Sports as GPX and TCX spell them become the names that FIT uses.

The rule of this file: an unknown spelling is "generic" with its own text as the sub-sport.
Sources: TCX schema (Sport_t), Garmin Connect type keys, Strava's numbers in its GPX export, names apps write.
"""

from __future__ import annotations

_SPORTS = {
    "running": ("running", ""),
    "run": ("running", ""),
    "9": ("running", ""),  # Strava
    "jogging": ("running", ""),
    "street_running": ("running", "street"),
    "trail_running": ("running", "trail"),
    "trailrun": ("running", "trail"),
    "track_running": ("running", "track"),
    "treadmill_running": ("running", "treadmill"),
    "treadmill": ("running", "treadmill"),
    "indoor_running": ("running", "indoor_running"),
    "virtual_run": ("running", "virtual_activity"),
    "virtualrun": ("running", "virtual_activity"),
    "ultra_run": ("running", "ultra"),
    "obstacle_run": ("running", "obstacle"),
    "walking": ("walking", ""),
    "walk": ("walking", ""),
    "10": ("walking", ""),  # Strava
    "casual_walking": ("walking", ""),
    "speed_walking": ("walking", "speed_walking"),
    "hiking": ("hiking", ""),
    "hike": ("hiking", ""),
    "4": ("hiking", ""),  # Strava
    "trekking": ("hiking", ""),
    "cycling": ("cycling", ""),
    "biking": ("cycling", ""),
    "bike": ("cycling", ""),
    "ride": ("cycling", ""),
    "1": ("cycling", ""),  # Strava
    "road_biking": ("cycling", "road"),
    "road_cycling": ("cycling", "road"),
    "mountain_biking": ("cycling", "mountain"),
    "mtb": ("cycling", "mountain"),
    "gravel_cycling": ("cycling", "gravel_cycling"),
    "indoor_cycling": ("cycling", "indoor_cycling"),
    "virtual_ride": ("cycling", "virtual_activity"),
    "virtualride": ("cycling", "virtual_activity"),
    "17": ("cycling", "virtual_activity"),  # Strava
    "e_bike": ("e_biking", ""),
    "swimming": ("swimming", ""),
    "swim": ("swimming", ""),
    "16": ("swimming", ""),  # Strava
    "lap_swimming": ("swimming", "lap_swimming"),
    "open_water_swimming": ("swimming", "open_water"),
    "openwater": ("swimming", "open_water"),
    "rowing": ("rowing", ""),
    "transition": ("transition", ""),
    "multisport": ("multisport", ""),
    "other": ("generic", ""),
    "unknown": ("generic", ""),
    "": ("generic", ""),
}


def sport_of(spelling: str) -> tuple[str, str]:
    """Return sport and sub-sport in FIT's names for a spelling of GPX or TCX."""
    key = spelling.strip().lower().replace(" ", "_").replace("-", "_")
    if key in _SPORTS:
        return _SPORTS[key]
    for word, sport in (("run", "running"), ("walk", "walking"), ("hik", "hiking"), ("cycl", "cycling")):
        if word in key:
            return sport, key[:40]
    return "generic", key[:40]
