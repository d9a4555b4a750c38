import re

import pytest
from playwright.sync_api import expect

from tickets import intake
from tickets.models import Attachment, Draft, Message

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
PASTE = """({ html, picture }) => {
    const clipboardData = new DataTransfer();
    if (html) clipboardData.setData("text/html", html);
    const bytes = picture && Uint8Array.from(atob(picture), (sign) => sign.charCodeAt(0));
    if (bytes) clipboardData.items.add(new File([bytes], "shot.png", { type: "image/png" }));
    const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true });
    document.querySelector("#words-reply").dispatchEvent(paste);
}"""


@pytest.fixture
def page(open_, alice, ticket):
    return open_(alice, f"/tickets/{ticket.number}/")


def sent() -> list[str]:
    return list(Message.objects.exclude(direction="in").values_list("text", flat=True))


def test_a_reply_by_keyboard_alone(page, ticket):
    page.keyboard.press("r")
    page.keyboard.type("Dear Carol,\n\nit comes tomorrow.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".message[data-from=agent]")).to_contain_text("it comes tomorrow.")
    expect(page.locator("#words-reply")).to_be_hidden()
    assert sent() == ["Dear Carol,\n\nit comes tomorrow."]


def test_a_double_click_sends_once(page):
    page.keyboard.press("r")
    page.keyboard.type("Once.")
    page.get_by_role("button", name="Send", exact=True).dblclick()
    expect(page.locator(".message[data-from=agent]")).to_have_count(1)
    page.wait_for_timeout(300)
    assert sent() == ["Once."]


def test_sending_can_resolve(page, ticket):
    page.keyboard.press("r")
    page.keyboard.type("Done.")
    page.get_by_role("button", name="Other ways to send").click()
    page.get_by_role("button", name="Send and resolve").click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()


def test_a_note_and_a_reply_keep_apart(page):
    page.keyboard.press("r")
    page.keyboard.type("For the customer.")
    page.get_by_text("Note", exact=True).last.click()
    page.keyboard.type("Among us.")
    page.get_by_role("button", name="Add note").click()
    expect(page.locator(".message[data-from=note]")).to_contain_text("Among us.")
    assert sent() == ["Among us."]


def test_on_a_low_screen_the_way_to_send_stays_in_sight(page):
    page.set_viewport_size({"width": 720, "height": 450})  # a laptop at 200 % zoom
    page.keyboard.press("r")
    page.keyboard.type("\n".join(["A long answer."] * 12))
    to, send = page.get_by_label("To", exact=True), page.locator("#send-reply")
    expect(to).to_be_hidden()
    expect(send).to_be_in_viewport(ratio=1)
    page.get_by_label("Recipients and channel").check(force=True)
    expect(to).to_be_in_viewport(ratio=1)
    expect(send).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_label("Recipients and channel")).to_be_hidden()


def test_what_is_being_written_survives_leaving(page):
    page.keyboard.press("r")
    page.keyboard.type("Half a word")
    expect(page.locator("form[data-mode=reply] .draft-state")).to_contain_text("Draft kept")
    page.goto("/tickets/")
    page.go_back()
    expect(page.locator("#body-reply")).to_have_value("Half a word")
    assert Draft.objects.get().body == "Half a word"


def test_a_message_that_comes_in_disturbs_nobody(page, written):
    page.keyboard.press("r")
    page.keyboard.type("I am writ")
    page.wait_for_timeout(500)
    intake.receive(written(text="One more thing.", subject="Re: Where is my parcel?"))
    first = Message.objects.filter(direction="in").first()
    intake.receive(written(text="And another.", references=(first.external_id,)))
    expect(page.locator("#stream")).to_contain_text("And another.")
    page.keyboard.type("ing")
    expect(page.locator("#body-reply")).to_have_value("I am writing")


def test_without_a_line_nothing_typed_is_lost(page):
    page.keyboard.press("r")
    page.context.set_offline(True)
    page.keyboard.type("Kept here.")
    page.keyboard.press("Control+Enter")
    form = page.locator("form[data-mode=reply]")
    expect(form.get_by_text("No connection. Your text is kept here")).to_be_visible()
    expect(page.locator("#body-reply")).to_have_value("Kept here.")
    expect(page.locator(".toast")).to_have_count(0)
    page.evaluate(
        "removeEventListener('online', document.querySelector('form[data-mode=reply] kept-text').back)"
    )
    page.context.set_offline(False)
    page.reload()
    expect(form.get_by_text("On this device there is a later version of your text.")).to_be_visible()
    form.get_by_role("button", name="Take it").click()
    page.locator("#words-reply").press("Control+Enter")
    expect(page.locator(".message[data-from=agent]")).to_have_count(1)
    assert sent() == ["Kept here."]


def test_files_are_chosen_dropped_and_taken_off(page):
    page.keyboard.press("r")
    form = page.locator("form[data-mode=reply]")
    form.locator("input[type=file]").set_input_files(
        {"name": "chosen.txt", "mimeType": "text/plain", "buffer": b"chosen"}
    )
    expect(form.locator(".draft-files")).to_contain_text("chosen.txt")
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            dataTransfer.items.add(new File(["dropped"], "dropped.txt", { type: "text/plain" }));
            const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
            document.querySelector("#words-reply").dispatchEvent(drop);
        }"""
    )
    expect(form.locator(".draft-files .file")).to_have_count(2)
    form.get_by_role("button", name="Remove chosen.txt").click()
    expect(form.locator(".draft-files .file")).to_have_count(1)
    page.locator("#words-reply").press("Control+Enter")
    expect(page.locator(".message[data-from=agent] .file")).to_contain_text("dropped.txt")
    assert [file.name for file in Attachment.objects.all()] == ["dropped.txt"]


def test_it_all_works_without_scripts(open_, alice, ticket):
    page = open_(alice, f"/tickets/{ticket.number}/", java_script_enabled=False)
    page.locator("#body-reply").fill("By hand.")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".message[data-from=agent]")).to_contain_text("By hand.")
    page.get_by_role("button", name="Resolve", exact=True).click()
    expect(page.get_by_role("button", name="Reopen")).to_be_visible()


def test_a_reply_can_be_undone_for_some_seconds(open_, alice, ticket):
    alice.undo_seconds = 30
    alice.save()
    page = open_(alice, f"/tickets/{ticket.number}/")
    page.keyboard.press("r")
    page.keyboard.type("Too hasty.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("count-down")).to_contain_text("Goes out in")
    expect(page.locator("#words-reply")).to_be_hidden()
    page.keyboard.press("z")
    expect(page.locator("#body-reply")).to_have_value("Too hasty.")
    expect(page.locator("count-down")).to_have_count(0)
    assert sent() == []


def test_what_came_meanwhile_holds_the_reply_until_it_is_read(page, written, troubles):
    page.keyboard.press("r")
    page.keyboard.type("It comes tomorrow.")
    first = Message.objects.get()
    intake.receive(written(text="It has come!", references=(first.external_id,)))
    expect(page.get_by_text("Somebody wrote since you began.")).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".news")).to_contain_text("It has come!")
    assert sent() == []
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator(".message[data-from=agent]")).to_contain_text("It comes tomorrow.")
    troubles[:] = [each for each in troubles if "409 (Conflict)" not in each]


def test_words_are_formatted_by_keys_and_buttons_and_kept(page, ticket):
    page.keyboard.press("r")
    page.keyboard.type("It comes ")
    page.keyboard.press("Control+b")
    page.keyboard.type("tomorrow")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    form = page.locator("form[data-mode=reply]")
    form.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("oak")
    form.get_by_role("button", name="Placeholders").click()
    form.get_by_role("button", name="Number of the ticket").click()
    expect(page.locator("#body-reply")).to_have_value(f"It comes tomorrow\n• oak{ticket.number}")
    expect(form.locator(".draft-state")).to_contain_text("Draft kept")
    page.reload()
    expect(page.locator("#words-reply b").first).to_have_text("tomorrow")
    page.locator("#words-reply").press("Control+Enter")
    expect(page.locator(".message[data-from=agent] .words li")).to_have_text(f"oak{ticket.number}")
    assert Message.objects.get(direction="out").text == f"It comes tomorrow\n\n• oak{ticket.number}"


def test_pasted_words_come_in_clean_and_pictures_stand_in_the_text(page):
    page.keyboard.press("r")
    page.evaluate(
        PASTE, {"html": "<p style='color:red' onclick='x()'>Dear <b>Carol</b></p><script>1</script>"}
    )
    expect(page.locator("#words-reply b")).to_have_text("Carol")
    assert page.locator("#words-reply [style], #words-reply script").count() == 0
    page.evaluate(PASTE, {"picture": PNG})
    expect(page.locator("#words-reply img")).to_have_attribute("src", re.compile(r"^/attachments/\d+/"))
    page.locator("#words-reply").press("Control+Enter")
    expect(page.locator(".message[data-from=agent] .words img")).to_be_visible()
    assert Attachment.objects.get().inline


def test_what_is_doubtful_is_asked_about_once(page, troubles):
    page.keyboard.press("r")
    page.keyboard.type("Dear Dave,\n\nthe label is attached.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".concerns")).to_contain_text("You greet “Dave”, but this customer is Carol Reyes.")
    assert sent() == []
    page.locator("#words-reply").press("Control+a")
    page.keyboard.type("Dear Dave,\n\nthe label is sent.")
    expect(page.locator(".concerns")).not_to_contain_text("there is no file")
    page.get_by_role("button", name="Send anyway").click()
    expect(page.locator(".message[data-from=agent]")).to_contain_text("the label is sent.")
    troubles[:] = [each for each in troubles if "409 (Conflict)" not in each]


def test_when_the_line_is_back_the_draft_has_what_was_typed_without_it(page):
    page.keyboard.press("r")
    page.context.set_offline(True)
    page.keyboard.type("Kept here.")
    page.keyboard.press("Control+Enter")
    told = page.locator("form[data-mode=reply]").get_by_text("No connection. Your text is kept here")
    expect(told).to_be_visible()
    with page.expect_response(lambda answer: answer.url.endswith("/draft/") and answer.ok):
        page.context.set_offline(False)
    expect(told).to_be_hidden()
    assert Draft.objects.get().body == "Kept here."


def test_without_a_line_an_enquiry_is_kept_as_well(page, ticket, troubles):
    page.goto(f"/tickets/{ticket.number}/enquiries/")
    words, form = page.locator("#words-aside"), page.locator("#ask")
    page.get_by_label("To", exact=True).fill("claims@carrier.example")
    page.context.set_offline(True)
    words.press_sequentially("The label is attached.")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(form.get_by_text("No connection. Your text is kept here")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    page.get_by_label("To", exact=True).fill("claims@carrier.example")
    form.get_by_role("button", name="Take it").click()
    expect(words).to_have_text("The label is attached.")
    form.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#concerns-aside")).to_contain_text("there is no file")
    file = {"name": "label.txt", "mimeType": "text/plain", "buffer": b"label"}
    form.locator("input[type=file]").set_input_files(file)
    expect(form.locator(".draft-files")).to_contain_text("label.txt")
    expect(page.locator("#concerns-aside")).not_to_contain_text("there is no file")
    form.locator("button.primary").click()
    expect(page.get_by_text("The answer comes back to this ticket.")).to_be_visible()
    page.goto(f"/tickets/{ticket.number}/enquiries/")
    expect(page.locator("kept-text [data-found]")).to_be_hidden()
    troubles[:] = [each for each in troubles if "409 (Conflict)" not in each]
