# ruff: noqa: E501  (a mail to a line)
"""Forwards as 38 programs write them, in 18 languages: whose mail it was, what it says, and nothing else."""

import pytest

from tests.channels_app.adapters.email.mails import raw, read

FORWARDS = {
    "gmail en": ("Fwd: Lid","FYI\n\n---------- Forwarded message ---------\nFrom: Ann Roy <ann@roy.example>\nDate: Thu, Nov 12, 2026 at 9:14 AM\nSubject: Lid\nTo: <care@kettle.example>\n\n\nThe lid is off."),
    "gmail de": ("Fwd: Deckel","---------- Forwarded message ---------\nVon: Ann Roy <ann@roy.example>\nDate: Do., 12. Nov. 2026 um 09:14 Uhr\nSubject: Deckel\nTo: <care@kettle.example>\n\n\nDer Deckel ist ab."),
    "gmail bracket": ("Fwd: Lid","---------- Forwarded message ---------\nFrom: <ann@roy.example>\nDate: Thu, Nov 12, 2026 at 9:14 AM\nSubject: Lid\nTo: <care@kettle.example>\n\nThe lid is off."),
    "outlook ru": ("FW: Крышка","Посмотрите\n\nFrom: Ann Roy <ann@roy.example>\nSent: Thursday, November 12, 2026 9:14 AM\nTo: care@kettle.example\nSubject: Крышка\n\nКрышка отвалилась."),
    "outlook uk": ("ПЕРЕСЛ: Кришка","Від: Ann Roy <ann@roy.example>\nНадіслано: четвер, 12 листопада 2026 р. 9:14\nКому: care@kettle.example\nТема: Кришка\n\nКришка відпала."),
    "outlook hu": ("TOV: Fedő","Feladó: Ann Roy <ann@roy.example>\nElküldve: 2026. november 12., csütörtök 9:14\nCímzett: care@kettle.example\nTárgy: Fedő\n\nLetört a fedő."),
    "outlook hu2": ("Továbbítva: Fedő","Lásd lent.\n\nFeladó: Ann Roy <ann@roy.example>\nKüldve: 2026. november 12., csütörtök 9:14\nCímzett: care@kettle.example\nTárgy: Fedő\n\nLetört a fedő."),
    "outlook tr": ("İLT: Kapak","Kimden: Ann Roy <ann@roy.example>\nGönderme Tarihi: 12 Kasım 2026 Perşembe 09:14\nKime: care@kettle.example\nKonu: Kapak\n\nKapak kırık."),
    "outlook pl": ("PD: Pokrywka","Od: Ann Roy <ann@roy.example>\nWysłano: czwartek, 12 listopada 2026 09:14\nDo: care@kettle.example\nTemat: Pokrywka\n\nPokrywka odpadła."),
    "outlook nl": ("FW: Deksel","Van: Ann Roy <ann@roy.example>\nVerzonden: donderdag 12 november 2026 09:14\nAan: care@kettle.example\nOnderwerp: Deksel\n\nHet deksel is eraf."),
    "outlook pt": ("ENC: Tampa","De: Ann Roy <ann@roy.example>\nEnviada em: quinta-feira, 12 de novembro de 2026 09:14\nPara: care@kettle.example\nAssunto: Tampa\n\nA tampa caiu."),
    "outlook es": ("RV: Tapa","De: Ann Roy <ann@roy.example>\nEnviado el: jueves, 12 de noviembre de 2026 9:14\nPara: care@kettle.example\nAsunto: Tapa\n\nSe cayó la tapa."),
    "outlook it": ("I: Coperchio","Da: Ann Roy <ann@roy.example>\nInviato: giovedì 12 novembre 2026 09:14\nA: care@kettle.example\nOggetto: Coperchio\n\nIl coperchio è rotto."),
    "outlook fr": ("TR: Couvercle","De : Ann Roy <ann@roy.example>\nEnvoyé : jeudi 12 novembre 2026 09:14\nÀ : care@kettle.example\nObjet : Couvercle\n\nLe couvercle est cassé."),
    "outlook cs": ("PŘ: Víčko","Od: Ann Roy <ann@roy.example>\nOdesláno: čtvrtek 12. listopadu 2026 9:14\nKomu: care@kettle.example\nPředmět: Víčko\n\nVíčko upadlo."),
    "outlook ja": ("FW: 蓋","差出人: Ann Roy <ann@roy.example>\n送信日時: 2026年11月12日 9:14\n宛先: care@kettle.example\n件名: 蓋\n\n蓋が取れました。"),
    "outlook zh": ("转发: 盖子","发件人: Ann Roy <ann@roy.example>\n发送时间: 2026年11月12日 9:14\n收件人: care@kettle.example\n主题: 盖子\n\n盖子掉了。"),
    "outlook ar": ("إعادة توجيه: غطاء","من: Ann Roy <ann@roy.example>\nتم الإرسال: الخميس, 12 نوفمبر 2026 9:14\nإلى: care@kettle.example\nالموضوع: غطاء\n\nالغطاء مكسور."),
    "outlook sv": ("VB: Lock","Från: Ann Roy <ann@roy.example>\nSkickat: den 12 november 2026 09:14\nTill: care@kettle.example\nÄmne: Lock\n\nLocket är trasigt."),
    "outlook fi": ("VL: Kansi","Lähettäjä: Ann Roy <ann@roy.example>\nLähetetty: torstai 12. marraskuuta 2026 9.14\nVastaanottaja: care@kettle.example\nAihe: Kansi\n\nKansi on rikki."),
    "apple fr": ("Tr: Couvercle","> Début du message réexpédié :\n> \n> De: Ann Roy <ann@roy.example>\n> Objet: Couvercle\n> Date: 12 novembre 2026 à 09:14:21 UTC+1\n> À: care@kettle.example\n> \n> Le couvercle est cassé."),
    "apple ru": ("Fwd: Крышка","Начало переадресованного сообщения:\n\nОт: Ann Roy <ann@roy.example>\nТема: Крышка\nДата: 12 ноября 2026 г. в 09:14:21 GMT+3\nКому: care@kettle.example\n\nКрышка отвалилась."),
    "apple hu": ("Fwd: Fedő","Továbbított üzenet kezdete:\n\nFeladó: Ann Roy <ann@roy.example>\nTárgy: Fedő\nDátum: 2026. november 12. 9:14:21 CET\nCímzett: care@kettle.example\n\nLetört a fedő."),
    "thunderbird hu": ("Fwd: Fedő","-------- Továbbított üzenet --------\nTárgy: 	Fedő\nDátum: 	Thu, 12 Nov 2026 09:14:21 +0100\nFeladó: 	Ann Roy <ann@roy.example>\nCímzett: 	care@kettle.example\n\n\n\nLetört a fedő."),
    "thunderbird ru": ("Fwd: Крышка","-------- Перенаправленное сообщение --------\nТема: 	Крышка\nДата: 	Thu, 12 Nov 2026 09:14:21 +0300\nОт: 	Ann Roy <ann@roy.example>\nКому: 	care@kettle.example\n\n\n\nКрышка отвалилась."),
    "yandex": ("Fwd: Крышка","\n\n-------- Пересылаемое сообщение --------\n12.11.2026, 09:14, \"Ann Roy\" <ann@roy.example>:\n\nКрышка отвалилась.\n\n-------- Конец пересылаемого сообщения --------"),
    "mail.ru": ("Fwd: Крышка","\n-------- Пересылаемое сообщение --------\nОт: Ann Roy <ann@roy.example>\nКому: care@kettle.example\nДата: Четверг, 12 ноября 2026, 9:14 +03:00\nТема: Крышка\n \nКрышка отвалилась."),
    "gmx": ("Fw: Deckel","Gesendet: Donnerstag, 12. November 2026 um 09:14 Uhr\nVon: \"Ann Roy\" <ann@roy.example>\nAn: care@kettle.example\nBetreff: Deckel\nDer Deckel ist ab."),
    "proton": ("Fw: Lid","------- Forwarded Message -------\nFrom: Ann Roy <ann@roy.example>\nDate: On Thursday, November 12th, 2026 at 9:14 AM\nSubject: Lid\nTo: care@kettle.example <care@kettle.example>\n\n> The lid is off."),
    "zoho": ("Fwd: Lid","============ Forwarded message ============\nFrom: Ann Roy <ann@roy.example>\nTo: <care@kettle.example>\nDate: Thu, 12 Nov 2026 09:14:21 +0000\nSubject: Lid\n============ Forwarded message ============\n\nThe lid is off."),
    "notes": ("Fw: Lid","----- Forwarded by Tom Ray/Ray on 12/11/2026 10:00 -----\n\nFrom:	\"Ann Roy\" <ann@roy.example>\nTo:	care@kettle.example\nDate:	12/11/2026 09:14\nSubject:	Lid\n\n\nThe lid is off."),
    "samsung de": ("Fwd: Deckel","Gesendet von meinem Galaxy\n\n-------- Ursprüngliche Nachricht --------\nVon: Ann Roy <ann@roy.example>\nDatum: 12.11.26 09:14 (GMT+01:00)\nAn: care@kettle.example\nBetreff: Deckel\n\nDer Deckel ist ab."),
    "em client": ("Fw: Lid","------ Forwarded Message ------\nFrom \"Ann Roy\" <ann@roy.example>\nTo care@kettle.example\nDate 12/11/2026 09:14:21\nSubject Lid\n\nThe lid is off."),
    "qq": ("转发：盖子","------------------ 原始邮件 ------------------\n发件人: \"Ann Roy\" <ann@roy.example>;\n发送时间: 2026年11月12日(星期四) 上午9:14\n收件人: \"care\"<care@kettle.example>;\n主题: 盖子\n\n盖子掉了。"),
    "horde": ("Fwd: Lid","----- Forwarded message from Ann Roy <ann@roy.example> -----\n   Date: Thu, 12 Nov 2026 09:14:21 +0000\n   From: Ann Roy <ann@roy.example>\nSubject: Lid\n     To: care@kettle.example\n\nThe lid is off.\n\n----- End forwarded message -----"),
    "mutt": ("[ann@roy.example: Lid]","----- Forwarded message from Ann Roy <ann@roy.example> -----\n\nDate: Thu, 12 Nov 2026 09:14:21 +0000\nFrom: Ann Roy <ann@roy.example>\nTo: care@kettle.example\nSubject: Lid\n\nThe lid is off.\n\n----- End forwarded message -----"),
    "roundcube pl": ("Fwd: Pokrywka","-------- Wiadomość oryginalna --------\nTemat: Pokrywka\nData: 2026-11-12 09:14\nOd: Ann Roy <ann@roy.example>\nDo: care@kettle.example\n\nPokrywka odpadła."),
    "zimbra fr": ("Fwd: Couvercle","----- Mail transféré -----\nDe: \"Ann Roy\" <ann@roy.example>\nÀ: care@kettle.example\nEnvoyé: Jeudi 12 Novembre 2026 09:14:21\nObjet: Couvercle\n\nLe couvercle est cassé."),
}  # fmt: skip
SAID = {"gmail en": "FYI", "outlook ru": "Посмотрите", "outlook hu2": "Lásd lent."}


@pytest.mark.parametrize("program", FORWARDS)
def test_whose_mail_was_passed_on(program):
    subject, text = FORWARDS[program]
    forwarded = read(raw(text, Subject=subject, Content_Type="text/plain; charset=utf-8")).forwarded
    assert forwarded is not None
    assert (forwarded.sender.identity, forwarded.own_words) == ("ann@roy.example", SAID.get(program, ""))
    words = forwarded.text.strip()
    assert words and "\n" not in words and words in text
