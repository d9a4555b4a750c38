"""What a computer does with a file by the ending of its name."""

from pathlib import PurePosixPath


def _set(words: str) -> set[str]:
    return set(words.split())


PROGRAMS = _set(
    "exe com scr pif msi msp msu cpl dll sys drv ocx gadget app jar apk ipa deb rpm dmg pkg appx appxbundle "
    "msix msixbundle xll elf bin run appimage action workflow xpi crx chm hlp application air"
)
SCRIPTS = _set(
    "js jse mjs vbs vbe vb wsf wsh wsc ws sct hta bat cmd btm ps1 ps1xml ps2 psm1 psd1 psc1 cdxml msh msh1 "
    "inf reg rgs scf sh bash zsh csh ksh command py pyw pyc rb pl php lua applescript scpt ahk au3 ins isp "
    "job settingcontent-ms diagcab library-ms search-ms"
)
SHORTCUTS = _set("lnk url desktop webloc appref-ms website xnk theme rdp")
DISK_IMAGES = _set("iso img vhd vhdx vmdk udf daa nrg wim qcow2")
WITH_MACROS = _set(
    "docm dotm xlsm xltm xlam xlsb xlm pptm potm ppam ppsm sldm one onepkg mdb accdb accde mde ade "
    "adp iqy slk"
)
PAGES = _set("htm html xhtml xht shtml mht mhtml svg svgz swf xsl xslt")
CLOSED = _set("ace arj lzh lha z")
READ_AS_TEXT = _set("txt log md csv tsv json xml yml yaml ini ics vcf eml xls doc rtf")
"""Opened by something that runs nothing, whatever stands in them."""

# What an ending may call itself, by what it is; of kinds that are not here any ending will do.
HONEST: dict[str, set[str]] = {
    "application/pdf": {"pdf", "ai"},
    "image/png": {"png"},
    "image/jpeg": {"jpg", "jpeg", "jfif", "jpe"},
    "image/gif": {"gif"},
    "image/webp": {"webp"},
    "application/rtf": {"rtf", "doc"},
    "application/vnd.rar": {"rar", "cbr"},
    "application/x-7z-compressed": {"7z"},
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
        "docx",
        "docm",
        "dotx",
        "dotm",
    },
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
        "xlsx",
        "xlsm",
        "xltx",
        "xltm",
        "xlsb",
    },
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": {
        "pptx",
        "pptm",
        "ppsx",
        "potx",
    },
}
PROMISING = _set("pdf png jpg jpeg gif webp docx xlsx pptx rar 7z")
"""Endings that promise one certain kind of bytes."""


def ending(name: str) -> str:
    """The ending that a computer goes by, in lower case: blanks and dots behind it do not count."""
    plain = name.strip().rstrip(". ").lower().replace("\\", "/")
    return PurePosixPath(plain).suffix.lstrip(".").strip()


def is_honest(name: str, content_type: str) -> bool:
    """Whether a name promises nothing that the bytes are not."""
    given = ending(name)
    if content_type in HONEST:
        return given not in PROMISING or given in HONEST[content_type]
    return given not in PROMISING
