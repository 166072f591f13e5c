/** What one camera may take on each link, so that the up-link of a person stays about the same as the mesh grows. */
const UPLINK_BITS_PER_SECOND = 1_800_000;
const LEAST = 200_000;
const MOST = 700_000;
/** A shared screen is text: it needs the bits for sharpness more than a face does. */
export const SCREEN_BITRATE = 1_200_000;
export const VOICE_BITRATE = 40_000;

export function cameraBitrate(links: number): number {
  return Math.round(Math.min(MOST, Math.max(LEAST, UPLINK_BITS_PER_SECOND / Math.max(links, 1))));
}
