"""What a file of cases is made of: archives.py, and whatever is listed beside it in run."""
import os

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Case:
    """A hostile file: its name, its maker and the code that it must be refused with.

    make      gives its bytes, or with writes=True writes the file whose path it gets
    code      the name of a code of code.def that `baton check` must find; None: it only looks odd, is sound and must be read
    converts  it is refused when it is read as a package, but its files can be copied: `baton convert` need not refuse it"""

    def __init__(self, name, make, code, writes=False, converts=False):
        self.name, self.make, self.code, self.writes, self.converts = name, make, code, writes, converts

    def write(self, path):
        if self.writes:
            self.make(path)
            return
        with open(path, "wb") as file:
            file.write(self.make())


def sparse(path, members, hole, only=None):
    """Writes an archive whose members (those named `only`, else all) have `hole` packed bytes that take no place on the disk."""
    from zipmaker import end
    with open(path, "wb") as file:
        for member in members:
            member.at = file.tell()
            file.write(member.header() + member.packed)
            if only is None or member.name.decode() == only:
                file.seek(hole, os.SEEK_CUR)
        start = file.tell()
        for member in members:
            file.write(member.record())
        file.write(end(len(members), file.tell() - start, start))
