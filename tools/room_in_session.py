"""A meeting in session, for its picture: five delegations with drawn cameras, one of which has the floor."""

from playwright.sync_api import Browser, Page, expect

from tests.e2e.browser import new_window, sign_in
from tests.e2e.server import Server

expect.set_options(timeout=30_000)  # five cameras on one machine are slow

HEAD = "head of delegation"
CHAIR, SPEAKER, WAITING = "FR", "UA", ("DE", "IT")
PATIENCE_MS = 30_000  # five browsers encode video on one machine
MEMBERS = (CHAIR, "GB", SPEAKER, *WAITING)

# A camera that shows the code of the member, and a silent microphone.
CAMERA = """
navigator.mediaDevices.getUserMedia = async (wanted) => {
  const tracks = [];
  if (wanted.video) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 960, height: 540 });
    const ink = canvas.getContext("2d");
    const draw = () => {
      const shade = ink.createLinearGradient(0, 0, 960, 540);
      shade.addColorStop(0, "#3a4d7c");
      shade.addColorStop(1, "#1b2747");
      Object.assign(ink, { fillStyle: shade });
      ink.fillRect(0, 0, 960, 540);
      ink.fillStyle = "#4763a6";
      ink.beginPath();
      ink.arc(480, 270, 130, 0, 7);
      ink.fill();
      Object.assign(ink, { fillStyle: "#e9eefb", textAlign: "center", textBaseline: "middle" });
      ink.font = '600 96px "Source Serif 4 Variable", serif';
      ink.fillText(CODE, 480, 276);
    };
    setInterval(draw, 500);
    tracks.push(...canvas.captureStream(5).getVideoTracks());
  }
  if (wanted.audio) {
    tracks.push(...new AudioContext().createMediaStreamDestination().stream.getAudioTracks());
  }
  return new MediaStream(tracks);
};
"""


def hold(browser: Browser, server: Server) -> dict[str, Page]:
    """Open the example's meeting, bring the five members into the room, and return the page of each."""
    pages = {member: _sit_down(browser, server, server.link(member), member) for member in MEMBERS}
    pages[CHAIR].locator("#room-actions button[hx-post$='/room/open/']").click()
    for page in pages.values():
        page.locator(".room-prepare").click()
        page.locator(".room-join:enabled").click()
        page.wait_for_timeout(500)
    pages[CHAIR].locator("#room-actions button[hx-post$='/start/']").click()
    for member in (SPEAKER, *WAITING):
        pages[member].locator("#room-actions button[name=kind][value=statement]").click()
        expect(pages[CHAIR].locator(f".session-waiting[data-member='{member}']")).to_be_visible(timeout=PATIENCE_MS)
    pages[CHAIR].locator(f".session-waiting[data-member='{SPEAKER}'] button[hx-post$='/give/']").click()
    for page in pages.values():
        expect(page.locator(f".session-speaker[data-member='{SPEAKER}']")).to_be_visible(timeout=PATIENCE_MS)
    return pages


def _sit_down(browser: Browser, server: Server, link: str, member: str) -> Page:
    """Sign in, accept the invitation and go to the room."""
    window = new_window(browser)
    window.add_init_script(f'{{ const CODE = "{member}";{CAMERA} }}')
    page = sign_in(window, link)
    page.locator(".waiting a").first.click()
    page.locator("button[name=answer][value=accept]").click()
    expect(page.locator("button[name=answer][value=accept]")).to_be_disabled(timeout=PATIENCE_MS)
    page.locator("a[href$='/room/']").first.click()
    expect(page.locator("#room-panels")).to_be_visible(timeout=PATIENCE_MS)
    return page
