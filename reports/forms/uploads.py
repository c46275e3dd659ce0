"""A file of which only its checksum is wanted: it is read once and stored nowhere."""

from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

LARGEST = 50 * 1024 * 1024  # bytes
# What a form may send beside the file.
BESIDE_THE_FILE = 64 * 1024  # bytes


class Checksummed(UploadedFile):
    """An uploaded file without its content."""

    def __init__(self, checksum: str, name: str) -> None:
        super().__init__(BytesIO(), name)
        self.checksum = checksum


class ChecksumAlone(FileUploadHandler):
    """Works out the SHA-256 of an upload; one that is larger than LARGEST is passed over."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.digest, self.size = sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > LARGEST:
            raise SkipFile
        self.digest.update(raw_data)

    def file_complete(self, file_size: int) -> Checksummed:
        return Checksummed(self.digest.hexdigest(), self.file_name or "file")


def is_too_large(length: str | None) -> bool:
    """Tell by what a request says of its length whether its file can be larger than LARGEST."""
    return (length or "").isdecimal() and int(length or 0) > LARGEST + BESIDE_THE_FILE
