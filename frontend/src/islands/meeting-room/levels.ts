/**
 * How loud each voice is. The nodes lead nowhere: what people hear is played by media elements, and Chromium feeds a
 * remote track into Web Audio only while such an element plays it.
 */
const SILENCE = -100;

interface Tap {
  source: MediaStreamAudioSourceNode;
  analyser: AnalyserNode;
  samples: Float32Array<ArrayBuffer>;
}

export class Levels {
  readonly #context = new AudioContext();
  readonly #taps = new Map<string, Tap & { track: MediaStreamTrack }>();

  /** Listen to `track` under the name `voice`, or to nothing (null). */
  watch(voice: string, track: MediaStreamTrack | null): void {
    const present = this.#taps.get(voice);
    if (present?.track === track) return;
    present?.source.disconnect();
    this.#taps.delete(voice);
    if (track) this.#taps.set(voice, { track, ...this.#tap(track) });
  }

  /** Drop every voice that is not among `voices`. */
  keep(voices: ReadonlySet<string>): void {
    for (const voice of this.#taps.keys()) if (!voices.has(voice)) this.watch(voice, null);
  }

  /** Return the level of each voice in dBFS. */
  read(): Map<string, number> {
    if (this.#context.state === "suspended") void this.#context.resume();
    return new Map([...this.#taps].map(([voice, tap]) => [voice, loudness(tap)]));
  }

  close(): void {
    this.#taps.clear();
    void this.#context.close();
  }

  #tap(track: MediaStreamTrack): Tap {
    const source = this.#context.createMediaStreamSource(new MediaStream([track]));
    const analyser = new AnalyserNode(this.#context, { fftSize: 1024 });
    source.connect(analyser);
    return { source, analyser, samples: new Float32Array(analyser.fftSize) };
  }
}

function loudness({ analyser, samples }: Tap): number {
  analyser.getFloatTimeDomainData(samples);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return power > 0 ? Math.max(SILENCE, 10 * Math.log10(power)) : SILENCE;
}
