"""What each provider tells of a mail that came back or arrived, in the shape of its own documentation.

`by` is what a provider knows the mail by: the token it was given, the Message-ID it was sent with, and the id
it gave itself.
"""

import json
from dataclasses import dataclass
from typing import Any

WHO = "carol@mail.example"
GONE = "550 5.1.1 <carol@mail.example>: no such user"
SPAM = "554 5.7.1 rejected by our policy: looks like spam"
NAME = "desk_delivery"


@dataclass(frozen=True)
class By:
    """What is in the report; the rest is left out of it, as when an admin has not asked for it."""

    token: str = ""
    message_id: str = ""
    theirs: str = ""


def metadata(by: By) -> dict[str, str]:
    return {NAME: by.token} if by.token else {}


def mailgun(by: By, reason: str, *, soft: bool = False) -> Any:
    return {
        "signature": {"timestamp": "1529006854", "token": "a8ce0e", "signature": "d2271d"},
        "event-data": {
            "event": "failed",
            "severity": "temporary" if soft else "permanent",
            "reason": "generic" if soft else "bounce",
            "id": "G9Bn5sl1TC6nu79C8C0bwg",
            "timestamp": 1521233195.375,
            "log-level": "error",
            "recipient": WHO,
            "recipient-domain": "mail.example",
            "delivery-status": {
                "attempt-no": 1,
                "code": int(reason[:3]),
                "message": reason,
                "description": "",
                "session-seconds": 0,
            },
            "flags": {"is-routed": False, "is-authenticated": True},
            "envelope": {"transport": "smtp", "sender": "support@desk.example", "targets": WHO},
            "message": {
                "headers": {"to": WHO, "message-id": by.message_id or by.theirs, "subject": "Re: parcel"},
                "attachments": [],
                "size": 111,
            },
            "storage": {"url": "https://se.api.mailgun.net/v3/domains/desk.example/messages/m", "key": "m"},
            "tags": [],
            "user-variables": metadata(by),
        },
    }


def sendgrid(by: By, reason: str, *, soft: bool = False) -> Any:
    told = {
        "email": WHO,
        "timestamp": 1513299569,
        "event": "bounce",
        "bounce_classification": "Invalid Address",
        "ip": "168.1.1.1",
        "sg_event_id": "sg_event_id",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0",
        "reason": reason,
        "status": reason.split()[1],
        "tls": 1,
        "type": "blocked" if soft else "bounce",
        **metadata(by),
    }
    told |= {"smtp-id": f"<{by.message_id}>"} if by.message_id else {}
    return [told | ({"anymail_id": by.theirs} if by.theirs else {})]


def mailjet(by: By, reason: str, *, soft: bool = False) -> Any:
    return [
        {
            "event": "bounce",
            "time": 1430812195,
            "MessageID": int(by.theirs or 13792286917004336),
            "Message_GUID": "1ab23cd4-e567-8901-2345-6789f0gh1i2j",
            "email": WHO,
            "mj_campaign_id": 0,
            "mj_contact_id": 0,
            "customcampaign": "",
            "CustomID": "",
            "Payload": json.dumps(metadata(by)) if by.token else "",
            "blocked": False,
            "hard_bounce": not soft,
            "error_related_to": "recipient",
            "error": "mailbox inactive" if soft else "user unknown",
            "comment": reason,
        }
    ]


def postmark(by: By, reason: str, *, soft: bool = False) -> Any:
    return {
        "RecordType": "Bounce",
        "ID": 4323372036854775807,
        "Type": "SoftBounce" if soft else "HardBounce",
        "TypeCode": 4096 if soft else 1,
        "Name": "Soft bounce" if soft else "Hard bounce",
        "Tag": "",
        "MessageID": by.theirs or "883953f4-6105-42a2-a16a-77a8eac79483",
        "ServerID": 23,
        "MessageStream": "outbound",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": f"smtp;{reason}",
        "Email": WHO,
        "From": "support@desk.example",
        "BouncedAt": "2019-11-05T16:33:54.9070259Z",
        "DumpAvailable": True,
        "Inactive": True,
        "CanActivate": True,
        "Subject": "Re: parcel",
        "Content": "",
        "Metadata": metadata(by),
    }


def amazon(by: By, reason: str, *, soft: bool = False) -> Any:
    headers = [{"name": "X-Metadata", "value": json.dumps(metadata(by))}] if by.token else []
    return {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": "Transient" if soft else "Permanent",
            "bounceSubType": "General",
            "bouncedRecipients": [
                {
                    "emailAddress": WHO,
                    "action": "failed",
                    "status": reason.split()[1],
                    "diagnosticCode": f"smtp; {reason}",
                }
            ],
            "timestamp": "2017-08-05T00:41:02.669Z",
            "feedbackId": "01000157c44f053b-61b59c11-9236-11e6-8f96-7be8aexample-000000",
            "reportingMTA": "dsn; mta.example",
        },
        "mail": {
            "timestamp": "2017-08-05T00:40:02.012Z",
            "source": "Support <support@desk.example>",
            "sourceArn": "arn:aws:ses:us-east-1:123456789012:identity/support@desk.example",
            "sendingAccountId": "123456789012",
            "messageId": by.theirs or "EXAMPLE7c191be45-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
            "destination": [WHO],
            "headersTruncated": False,
            "headers": headers,
            "commonHeaders": {
                "from": ["Support <support@desk.example>"],
                "to": [WHO],
                "subject": "Re: parcel",
            },
            "tags": {"ses:configuration-set": ["ConfigSet"]},
        },
    }


def brevo(by: By, reason: str, *, soft: bool = False) -> Any:
    told = {
        "event": "soft_bounce" if soft else "hard_bounce",
        "email": WHO,
        "id": 26224,
        "date": "2024-04-10 10:14:35",
        "ts": 1598634509,
        "message-id": f"<{by.message_id or by.theirs}>",
        "ts_event": 1598034509,
        "ts_epoch": 1598634509223,
        "subject": "Re: parcel",
        "sending_ip": "185.41.28.109",
        "reason": reason,
        "tags": [],
    }
    return told | ({"X-Mailin-custom": json.dumps(metadata(by))} if by.token else {})


def sparkpost(by: By, reason: str, *, soft: bool = False) -> Any:
    event = {
        "type": "bounce",
        "bounce_class": "20" if soft else "10",
        "campaign_id": "",
        "customer_id": "1",
        "delv_method": "esmtp",
        "error_code": reason[:3],
        "event_id": "92356927693813856",
        "friendly_from": "support@desk.example",
        "ip_address": "127.0.0.1",
        "message_id": "000443ee14578172be22",
        "msg_from": "msprvs1=17@bounces.example",
        "msg_size": "1337",
        "num_retries": "2",
        "rcpt_meta": metadata(by),
        "rcpt_tags": [],
        "rcpt_to": WHO,
        "raw_rcpt_to": WHO,
        "rcpt_type": "to",
        "raw_reason": reason,
        "reason": reason,
        "routing_domain": "mail.example",
        "subject": "Re: parcel",
        "timestamp": "1454442600",
        "transmission_id": by.theirs or "65832150921904138",
    }
    return [{"msys": {"message_event": event}}]


def resend(by: By, reason: str, *, soft: bool = False) -> Any:
    headers = [{"name": "X-Metadata", "value": json.dumps(metadata(by))}] if by.token else []
    return {
        "type": "email.bounced",
        "created_at": "2026-11-22T23:41:12.126Z",
        "data": {
            "created_at": "2026-11-22T23:41:11.894719+00:00",
            "email_id": by.theirs or "56761188-7520-42d8-8898-ff6fc54ce618",
            "from": "Support <support@desk.example>",
            "to": [WHO],
            "subject": "Re: parcel",
            "headers": headers,
            "bounce": {
                "message": f"The recipient's email provider sent a bounce message: {reason}",
                "subType": "General",
                "type": "Transient" if soft else "Permanent",
            },
        },
    }


TELLS = {
    "mailgun": mailgun,
    "sendgrid": sendgrid,
    "mailjet": mailjet,
    "postmark": postmark,
    "amazon-ses": amazon,
    "brevo": brevo,
    "sparkpost": sparkpost,
    "resend": resend,
}
REPEATS_OUR_ID = ("mailgun", "sendgrid", "brevo")
"""Those whose reports name the Message-ID that the mail went out with."""
