"""One mail as each provider hands it over by web request: raw where it can, else in parts."""

import base64
import json
import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.channels_app.adapters.email.mails import raw

MAIL = raw("Мой заказ не пришёл.\n", Subject="Where is my parcel?", Message_ID="<p1@mail.example>")
PARTS = {
    "from": "Carol Reyes <carol@mail.example>",
    "subject": "Where is my parcel?",
    "text": "It has not come.",
}


def form(**fields) -> dict:
    return {"_form": True, **fields}


def sns(message: dict | str, **fields) -> tuple[dict, dict]:
    """An Amazon SNS notification, and the headers it comes with."""
    text = message if isinstance(message, str) else json.dumps(message)
    told = {"Type": "Notification", "MessageId": uuid.uuid4().hex, "Message": text, **fields}
    return told, {"x-amz-sns-message-type": told["Type"], "x-amz-sns-message-id": told["MessageId"]}


def postmark(**fields) -> dict:
    people = {"FromFull": {"Email": "carol@mail.example", "Name": "Carol Reyes"}}
    people |= {"ToFull": [{"Email": "support@desk.example", "Name": ""}], "CcFull": [], "BccFull": []}
    plain = {"MessageID": "x", "Subject": PARTS["subject"], "TextBody": PARTS["text"], "HtmlBody": ""}
    headers = [{"Name": "Message-ID", "Value": "<p1@mail.example>"}]
    return {**people, **plain, "Headers": headers, "Attachments": [], **fields}


def relay(content: dict) -> list:
    people = {"protocol": "smtp", "msg_from": "carol@mail.example", "rcpt_to": "support@desk.example"}
    return [{"msys": {"relay_message": {"content": content, **people}}}]


LETTERS = {
    "mailgun raw": (
        "mailgun",
        form(**{"body-mime": MAIL.decode(), "timestamp": "1", "sender": "carol@mail.example"}),
    ),
    "mailgun parts": (
        "mailgun",
        form(
            **{
                "message-headers": json.dumps([["From", PARTS["from"]], ["Subject", PARTS["subject"]]]),
                "body-plain": PARTS["text"],
                "timestamp": "1",
                "attachment-count": "1",
                "attachment-1": SimpleUploadedFile("crack.txt", b"crack", "text/plain"),
            }
        ),
    ),
    "postmark raw": ("postmark", postmark(RawEmail=MAIL.decode())),
    "postmark parts": ("postmark", postmark()),
    "sendgrid raw": ("sendgrid", form(email=MAIL.decode(), envelope='{"from": "c@m.e", "to": ["s@d.e"]}')),
    "sendgrid parts": (
        "sendgrid",
        form(
            headers=f"From: {PARTS['from']}\nSubject: {PARTS['subject']}\n",
            text=PARTS["text"],
            attachments="0",
        ),
    ),
    "mailjet": (
        "mailjet",
        {
            "Sender": "carol@mail.example",
            "Recipient": "support@desk.example",
            "From": PARTS["from"],
            "Subject": PARTS["subject"],
            "Headers": {"From": PARTS["from"], "Subject": PARTS["subject"]},
            "Parts": [{"Headers": {"Content-Type": "text/plain"}, "ContentRef": "Text-part"}],
            "Text-part": PARTS["text"],
        },
    ),
    "brevo": (
        "brevo",
        {
            "items": [
                {
                    "From": {"Name": "Carol Reyes", "Address": "carol@mail.example"},
                    "To": [{"Name": "", "Address": "support@desk.example"}],
                    "Cc": [],
                    "Headers": {"From": PARTS["from"], "Subject": PARTS["subject"]},
                    "Subject": PARTS["subject"],
                    "RawTextBody": PARTS["text"],
                    "Attachments": [],
                }
            ]
        },
    ),
    "sparkpost": ("sparkpost", relay({"email_rfc822": MAIL.decode(), "email_rfc822_is_base64": False})),
    "sparkpost packed": (
        "sparkpost",
        relay({"email_rfc822": base64.b64encode(MAIL).decode(), "email_rfc822_is_base64": True}),
    ),
    "amazon": (
        "amazon-ses",
        {
            "notificationType": "Received",
            "mail": {"source": "carol@mail.example", "messageId": "m1"},
            "receipt": {
                "recipients": ["support@desk.example"],
                "action": {"type": "SNS", "encoding": "BASE64"},
            },
            "content": base64.b64encode(MAIL).decode(),
        },
    ),
}
