"""The short lists that every record refers to: accounts, devices, people and skills."""

from __future__ import annotations

import sqlite3

from app.model import Device, Person


class Names:
    """Numbers for the names that a batch of one provider's records uses, 0 for none; one not seen before is added."""

    def __init__(self, connection: sqlite3.Connection, provider: str) -> None:
        self._run = connection.execute
        self._provider = provider
        self._accounts: dict[str, int] = {}
        self._devices: dict[tuple[str, str], int] = {}
        self._people: dict[tuple[str, str, str], int] = {}
        self._skills: dict[str, int] = {}

    def account(self, name: str) -> int:
        number = self._accounts.get(name)
        if number is None:
            self._run("INSERT OR IGNORE INTO account (provider, name) VALUES (?, ?)", (self._provider, name))
            number = self._number("SELECT id FROM account WHERE provider = ? AND name = ?", self._provider, name)
            self._accounts[name] = number
        return number

    def device(self, device: Device | None) -> int:
        """A device without a key goes by its name; one without either is none."""
        if device is None or not (key := device.key or device.name):
            return 0
        number = self._devices.get((device.key, device.name))
        if number is None:
            self._run(
                "INSERT INTO device (provider, key, said_name) VALUES (?, ?, ?) ON CONFLICT (provider, key)"
                " DO UPDATE SET said_name = excluded.said_name WHERE said_name = '' AND excluded.said_name <> ''",
                (self._provider, key, device.name),
            )
            number = self._number("SELECT id FROM device WHERE provider = ? AND key = ?", self._provider, key)
            self._devices[device.key, device.name] = number
        return number

    def person(self, person: Person | None) -> int:
        """A person without a key goes by their name; one without either is nobody."""
        if person is None or not (key := person.key or person.name):
            return 0
        number = self._people.get((person.key, person.name, person.vendor_type))
        if number is None:
            self._run(
                "INSERT INTO person (provider, key, said_name, vendor_type) VALUES (?, ?, ?, ?)"
                " ON CONFLICT (provider, key) DO UPDATE SET"
                " said_name = iif(said_name = '', excluded.said_name, said_name),"
                " vendor_type = iif(vendor_type = '', excluded.vendor_type, vendor_type)"
                " WHERE said_name = '' OR vendor_type = ''",
                (self._provider, key, person.name, person.vendor_type),
            )
            number = self._number("SELECT id FROM person WHERE provider = ? AND key = ?", self._provider, key)
            self._people[person.key, person.name, person.vendor_type] = number
        return number

    def skill(self, name: str) -> int:
        if not name:
            return 0
        number = self._skills.get(name)
        if number is None:
            self._run("INSERT OR IGNORE INTO skill (name) VALUES (?)", (name,))
            number = self._number("SELECT id FROM skill WHERE name = ?", name)
            self._skills[name] = number
        return number

    def _number(self, query: str, *values: str) -> int:
        (number,) = self._run(query, values).fetchone()
        return int(number)
