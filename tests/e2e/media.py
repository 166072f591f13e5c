"""What one browser sends and what another sees and hears of it."""

from playwright.sync_api import Page, expect

PATIENCE_MS = 45_000

# A small picture, and a tone of its own for each page: the browser's fake microphone is one for all pages.
DEVICES = """
const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
navigator.mediaDevices.getUserMedia = async (wanted) => {
  if (wanted.video) return real({ video: { width: 160, height: 90, frameRate: 5 } });
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { frequency: TONE });
  const output = context.createMediaStreamDestination();
  tone.connect(new GainNode(context, { gain: 0.3 })).connect(output);
  tone.start();
  return output.stream;
};
"""

# The strongest frequency in what this page plays of one delegate, 0 for silence.
PITCH = """async (delegate) => {
  const audio = document.querySelector(`figure[data-delegate="${delegate}"] audio`);
  if (!audio?.srcObject) return 0;
  window.ears ??= new AudioContext();
  const analyser = new AnalyserNode(window.ears, { fftSize: 4096 });
  const source = window.ears.createMediaStreamSource(audio.srcObject);
  source.connect(analyser);
  await new Promise((resolve) => setTimeout(resolve, 500));
  const spectrum = new Float32Array(analyser.frequencyBinCount);
  analyser.getFloatFrequencyData(spectrum);
  source.disconnect();
  const peak = spectrum.indexOf(Math.max(...spectrum));
  return spectrum[peak] > -80 ? (peak * window.ears.sampleRate) / analyser.fftSize : 0;
}"""

FRAMES = """async () => {
  const links = await document.querySelector("meeting-room").stats();
  return Object.fromEntries(links.map((link) => [link.delegate, link.framesDecoded]));
}"""

GROW = """async ([delegates, before]) => {
  const links = await document.querySelector("meeting-room").stats();
  return delegates.every((delegate) => links.some((link) =>
    link.delegate === delegate && link.state === "connected" && link.framesDecoded > (before[delegate] ?? 0) + 3));
}"""


def give_devices(page: Page, tone: int) -> None:
    """Give `page` a camera and a microphone that hears `tone` Hz; before it loads anything."""
    page.add_init_script(f"{{ const TONE = {tone};{DEVICES} }}")


def sees(page: Page, delegates: list[str]) -> None:
    """Wait until `page` decodes more frames of each of `delegates` than it did when asked."""
    page.wait_for_function(GROW, arg=[delegates, page.evaluate(FRAMES)], polling=500, timeout=PATIENCE_MS)


def hears(page: Page, delegate: str, tone: int) -> None:
    """Wait until `tone` is the strongest in what `page` plays of `delegate`."""
    for _ in range(20):
        pitch = page.evaluate(PITCH, delegate)
        if abs(pitch - tone) < 40:
            return
    raise AssertionError(f"expected {tone} Hz, heard {pitch:.0f} Hz")


def is_joined(page: Page) -> None:
    """Wait until `page` is in the video room."""
    expect(page.locator("meeting-room")).to_have_attribute("data-state", "joined", timeout=PATIENCE_MS)
