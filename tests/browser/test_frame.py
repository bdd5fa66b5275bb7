"""The frame in a real browser: the way back, languages, readers side by side, and what the server
answers to whoever asks without one."""

import http.client
import json
import secrets
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

AFRICA = "15 of 44 applications; 29 outside Africa"
EUROPE = "12 of 44 applications; 32 outside Europe"


def chips(page):
    return page.locator(".st-key-chips")


def region(page, name):
    return page.locator(".st-key-filter_region").get_by_role("radio", name=name, exact=True)


def back(page, ready, title):
    page.go_back(wait_until="commit")
    expect(page.locator("h1")).to_have_text([title])
    ready(page)


def test_filters_survive_a_change_of_page_and_come_back_with_the_way_back(page, ready):
    page.goto("/")
    ready(page)
    region(page, "Africa").click()
    expect(chips(page)).to_contain_text(AFRICA)
    page.get_by_role("link", name="Applicants").click()
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    ready(page)
    expect(chips(page)).to_contain_text(AFRICA)
    assert urlsplit(page.url).query == "cohort=1&region=AFR&lang=en"
    region(page, "Europe").click()
    expect(chips(page)).to_contain_text(EUROPE)
    ready(page)

    back(page, ready, "Where did the applications come from?")
    expect(chips(page)).to_contain_text(AFRICA)
    expect(region(page, "Africa")).to_be_checked()
    # One step is one step: no address without filters lies between the two pages.
    back(page, ready, "How does the cohort stand?")
    expect(chips(page)).to_contain_text(AFRICA)
    page.go_forward(wait_until="commit")
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    ready(page)
    expect(chips(page)).to_contain_text(AFRICA)


def test_a_region_is_one_click_and_lets_go_with_the_next(page, ready):
    page.goto("/applicants")
    ready(page)
    row = page.locator(".st-key-filter_region").get_by_role("radio")
    assert " · ".join(row.all_inner_texts()) == (
        "Africa · Americas · Arab States · Asia-Pacific · CIS · Europe"
    )
    region(page, "Africa").click()
    expect(chips(page)).to_contain_text(AFRICA)
    region(page, "Europe").click()
    expect(chips(page)).to_contain_text(EUROPE)
    region(page, "Europe").click()
    expect(chips(page)).to_have_count(0)
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&lang=en"


def test_chips_are_cleared_by_keyboard_one_by_one_and_all_at_once(page, ready):
    page.goto("/applicants?region=AFR&country=ERI&stage=selected")
    ready(page)
    buttons = chips(page).get_by_role("button")
    assert buttons.all_inner_texts() == ["Africa ✕", "Eritrea ✕", "selected ✕", "Clear all"]
    buttons.nth(1).focus()
    page.keyboard.press("Enter")
    expect(buttons).to_have_count(3)
    ready(page)
    chips(page).get_by_role("button", name="Clear all").press("Enter")
    expect(chips(page)).to_have_count(0)
    ready(page)
    assert urlsplit(page.url).query == "cohort=1&lang=en"


def test_the_language_changes_and_the_address_keeps_its_codes(page, ready):
    page.goto("/applicants?region=AFR&country=ERI")
    ready(page)
    document = page.locator("html")
    for name, lang, chip in (("Русский", "ru", "Африка ✕"), ("English", "en", "Africa ✕")):
        page.get_by_role("radio", name=name).click()
        expect(document).to_have_attribute("lang", lang)
        ready(page)
        expect(chips(page).get_by_role("button").first).to_have_text(chip)
        assert urlsplit(page.url).query == f"cohort=1&region=AFR&country=ERI&lang={lang}"


def test_what_streamlit_says_itself_is_in_the_readers_language(page, ready):
    page.goto("/imports?lang=ru")
    ready(page)
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader.get_by_role("button", name="Выбрать файлы")).to_be_visible()
    expect(uploader).to_contain_text("до 50 МБ на файл")
    page.get_by_role("button", name="Главное меню").click()
    expect(page.get_by_test_id("stMainMenuPopover")).to_contain_text("Печать")
    page.keyboard.press("Escape")
    page.get_by_role("radio", name="English").click()
    expect(uploader.get_by_role("button", name="Upload", exact=True)).to_be_visible()
    expect(uploader).to_contain_text("50MB per file")


def test_the_ends_of_a_range_have_names_in_the_readers_language(page, ready):
    page.goto("/applicants?lang=ru")
    ready(page)
    page.get_by_role("button", name="Другие фильтры").click()
    ends = page.locator(".st-key-filter_score").get_by_role("slider")
    expect(ends.first).to_have_attribute("aria-label", "Итоговая оценка, от")
    expect(ends.last).to_have_attribute("aria-label", "Итоговая оценка, до")


def test_words_that_come_after_all_else_are_still_said(page, ready):
    page.goto("/imports?lang=ru")
    ready(page)
    late = []
    page.route("**/static/frame.js", lambda route: late.append(route))
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("link", name="Applicants")).to_be_visible()
    page.wait_for_function("() => window.settled()")
    (script,) = late
    script.continue_()
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader.get_by_role("button", name="Upload", exact=True)).to_be_visible()


def test_the_way_back_also_leads_back_into_the_language_before(page, ready):
    page.goto("/applicants?lang=en")
    ready(page)
    page.get_by_role("radio", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    ready(page)
    back(page, ready, "Where did the applications come from?")
    expect(page.get_by_role("radio", name="English")).to_be_checked()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.get_by_role("radio", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    ready(page)


def test_a_readers_browser_says_which_language_they_read(new_page, ready):
    page = new_page(locale="ru-RU")
    page.goto("/")
    ready(page)
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert urlsplit(page.url).query == "cohort=1&lang=ru"


def test_two_readers_do_not_see_each_others_filters_and_language(new_page, ready):
    one, two = new_page(), new_page()
    one.goto("/applicants?region=AFR")
    two.goto("/applicants?region=EUR&lang=ru")
    ready(one)
    ready(two)
    region(one, "Asia-Pacific").click()
    region(two, "СНГ").click()
    expect(chips(one)).to_contain_text("4 of 44 applications; 40 outside Asia-Pacific")
    expect(chips(two)).to_contain_text("СНГ ✕")
    ready(one)
    ready(two)
    assert urlsplit(one.url).query == "cohort=1&region=ASP&lang=en"
    assert urlsplit(two.url).query == "cohort=1&region=CIS&lang=ru"
    expect(one.locator("html")).to_have_attribute("lang", "en")
    expect(two.locator("html")).to_have_attribute("lang", "ru")


@pytest.mark.parametrize(
    "query, notice",
    [
        ("region=" + "A" * 10_000, "Region “" + "A" * 80 + "…”"),
        ("stage=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E", "Stage “<img src=x onerror=alert(1)>”"),
        ("goal=%00%FF%E2%80%AEx&type=![x](https://evil.example/x.png)", "Organization type “![x]("),
    ],
    ids=["huge", "markup", "bytes"],
)
def test_what_means_nothing_in_an_address_is_text_in_a_notice(page, ready, query, notice):
    page.goto(f"/applicants?{query}&region=EUR")
    ready(page)
    box = page.locator("[data-testid=stAlert]").filter(has_text="left out of the address")
    expect(box).to_contain_text(notice)
    expect(box.locator("img, a")).to_have_count(0)
    expect(page.locator("h1")).to_have_text(["Where did the applications come from?"])
    expect(chips(page)).to_contain_text(EUROPE)
    assert urlsplit(page.url).query == "cohort=1&region=EUR&lang=en"


def ask(server, path, method="GET", **headers):
    """Status, headers and body of a request exactly as written: nothing is tidied on the way."""
    address = urlsplit(server.url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {k.lower(): v for k, v in answer.getheaders()}, body


WEBSOCKET = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec_WebSocket_Version": "13",
    "Sec_WebSocket_Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec_WebSocket_Protocol": "streamlit",
}


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/applicants?region=AFR",
        "/nowhere",
        "/app/static/frame.js",
        "/app/static/nowhere.js",
        "/take-away/nobody/csv",
        "/media/nothing.csv",
        "/_stcore/health",
        "/_stcore/metrics",
        "/component/none/x",
    ],
)
def test_every_answer_carries_the_headers(dashboard, path):
    _, headers, _ = ask(dashboard, path)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["content-security-policy"].startswith("default-src 'self'; ")


def test_an_answer_does_not_wait_for_its_head_to_be_acknowledged(dashboard):
    """The browser's machine takes 40 ms for that; what else delays one of twenty does not all."""
    connection = http.client.HTTPConnection(urlsplit(dashboard.url).netloc)
    took = []
    for _ in range(20):
        began = time.monotonic()
        connection.request("GET", "/_stcore/health")
        assert connection.getresponse().read() == b"ok"
        took.append(time.monotonic() - began)
    connection.close()
    assert min(took[10:]) < 0.03


@pytest.mark.parametrize(
    "path",
    ["/", "/app/static/frame.js", "/take-away/nobody/csv", "/_stcore/health", "/media/x.csv"],
)
@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "rebound.example:8501"},
        {"Host": "127.0.0.1.rebound.example"},
        {"X_Forwarded_For": "127.0.0.1"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_a_foreign_name_or_a_proxy_gets_nothing(dashboard, path, headers):
    status, sent, body = ask(dashboard, path, **headers)
    assert status == 403
    assert body.startswith(b"This dashboard has no sign-in set up")
    assert sent["x-content-type-options"] == "nosniff"


def test_a_websocket_of_this_machine_is_opened(dashboard):
    assert ask(dashboard, "/_stcore/stream", **WEBSOCKET)[0] == 101


@pytest.mark.parametrize(
    "headers",
    [{"Host": "rebound.example"}, {"X_Forwarded_For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}],
)
def test_a_foreign_websocket_is_refused(dashboard, headers):
    assert ask(dashboard, "/_stcore/stream", **WEBSOCKET | headers)[0] == 403


def test_a_page_of_another_site_may_not_speak_to_the_dashboard(dashboard):
    origin = {"Origin": "https://evil.example"}
    assert ask(dashboard, "/_stcore/stream", **WEBSOCKET | origin)[0] == 403


def test_no_page_around_the_dashboard_may_steer_it(dashboard):
    body = ask(dashboard, "/_stcore/host-config")[2]
    assert json.loads(body)["allowedOrigins"] == []


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../frame.py",
        "/app/static/..%2fframe.py",
        "/app/static/%2e%2e/frame.py",
        "/app/static/..%5cframe.py",
        "/app/static/un/../../parts/door.py",
        "/app/static//etc/passwd",
        "/app/static/%2fetc%2fpasswd",
        "/app/static/....//frame.py",
        "/app/static/frame.js%00.py",
        "/static/../../../frame.py",
        "/media/../dashboard.py",
        "/take-away/../pages/frame.py",
    ],
)
def test_no_file_beside_the_public_ones_is_served(dashboard, path):
    status, _, body = ask(dashboard, path)
    assert b"import streamlit" not in body
    assert b"root:" not in body
    assert status in (400, 403, 404) or b"<title>" in body  # Streamlit's own page for any address


def test_uploads_need_a_session(dashboard):
    status, _, _ = ask(
        dashboard, f"/_stcore/upload_file/{secrets.token_hex(8)}/x", "PUT", Content_Length="0"
    )
    assert 400 <= status < 500


def test_the_whole_range_of_totals_is_no_filter(page, ready):
    page.goto("/applicants")
    ready(page)
    more = page.get_by_role("button", name="More filters")
    more.click()
    lower = page.locator(".st-key-filter_score").get_by_role("slider").first
    lower.focus()
    page.keyboard.press("ArrowRight")
    expect(chips(page)).to_contain_text("outside")
    ready(page)
    assert "score=" in page.url
    page.keyboard.press("ArrowLeft")
    expect(chips(page)).to_have_count(0)
    ready(page)
    assert "score" not in page.url
    page.keyboard.press("Escape")
    expect(lower).to_have_count(0)
    ready(page)
    page.wait_for_timeout(600)  # a slider tells what it has after a pause
    ready(page)
    assert "score" not in page.url
