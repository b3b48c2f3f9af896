"""Invented files of the public directory, in the layout of the published ones."""

import csv
import io
import json
import tarfile


def service(name, seat, communes, **more):
    """Write a service; ``seat`` is a postal code and a town."""
    postal_code, town = seat
    postal = {"type_adresse": "Adresse postale", "code_postal": postal_code, "nom_commune": town}
    postal |= {"numero_voie": "1 rue Inventée", "complement1": "CS 0000", "complement2": ""}
    made = {"id": f"id-{name}-{postal_code}", "nom": name, "adresse": [{**postal, "type_adresse": "Adresse"}, postal]}
    made |= {"pivot": [{"type_service_local": "cpam", "code_insee_commune": communes}]}
    made |= {"telephone": [{"valeur": "36 46", "description": ""}], "adresse_courriel": ["contact@exemple.fr"]}
    return made | more


TOWN_HALL = {"id": "m", "nom": "Mairie", "pivot": [{"type_service_local": "mairie", "code_insee_commune": ["59350"]}]}
NORD = [
    TOWN_HALL,
    service("Caisse primaire d'assurance maladie (CPAM) du Nord", ("59895", "Lille Cedex 9"), ["59350", "59328"]),
    service("CPAM de Roubaix-Tourcoing", ("59060", "Roubaix Cedex"), ["59512", "59599", "59328"]),
    service("CPAM de la Côte-d'Or", ("21045", "Dijon Cedex"), ["21231"]),
    service("Caisse inconnue", ("", "Nulle part"), []),
]


def as_json(path, services=NORD):
    path.write_text(json.dumps({"service": services}, ensure_ascii=False), encoding="utf-8")
    return path


def as_archive(path, services=NORD):
    with tarfile.open(path, "w:bz2") as archive:
        content = json.dumps({"service": services}).encode()
        member = tarfile.TarInfo("2026-11-20-data.gouv_local.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return path


def as_csv(path, services=NORD):
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["id", "nom", "pivot", "adresse", "telephone", "adresse_courriel"], delimiter=";")
        out.writeheader()
        for one in services:
            cells = {name: json.dumps(value) if isinstance(value, list) else value for name, value in one.items()}
            cells["adresse_courriel"] = (one.get("adresse_courriel") or [""])[0]
            out.writerow(cells)
    return path


def competence(path, rows):
    """Write the « compétence géographique »: commune, type of service, ids."""
    lines = ["code_insee_commune;type_service_local;id", *(";".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path
