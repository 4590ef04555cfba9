"""Heart rate with Adafruit's library, as the example of adafruit_ble_heart_rate does it."""

import time

from adafruit_ble import BLERadio
from adafruit_ble.advertising.standard import ProvideServicesAdvertisement
from adafruit_ble_heart_rate import HeartRateService

radio = BLERadio()
connection = None
for heard in radio.start_scan(ProvideServicesAdvertisement, timeout=8):
    if HeartRateService in heard.services:
        print("found", heard.complete_name)
        connection = radio.connect(heard)
        break
radio.stop_scan()
heart = connection[HeartRateService]
print("worn", heart.location)
for _ in range(5):
    time.sleep(1)
    print(heart.measurement_values)
connection.disconnect()
