"""Addresses of what comes in and goes out as files; `urls.py` includes them."""

from django.urls import path

from concertation.commitments.views import exports, imports

urlpatterns = [
    path("files/import/", imports.choose_file, name="import"),
    path("files/import/check/", imports.check_file, name="check_import"),
    path("files/import/save/", imports.save_file, name="save_import"),
    path("files/", exports.choose_export, name="export"),
    path("files/iati/", exports.export_iati, name="export_iati"),
    path("files/brief/", exports.export_brief, name="export_brief"),
    path("files/<slug:what>/", exports.export_table, name="export_table"),
]
