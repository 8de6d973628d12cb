// What bounds the cost of judging a blob, whatever its size and whatever it holds.

/** A blob up to this many bytes is judged as one window: a pair may stand anywhere in it. */
export const WHOLE = 256 << 10;
/** Bytes to either side of an anchor that are judged with it in a larger blob. */
export const CONTEXT = 32 << 10;
/** Credentials in one blob after which the rest of it is not judged. */
export const MOST = 10_000;
/** Bytes to an anchor in a window that is made to keep a scanner busy: IDs and nothing else take more than twice as many. */
export const CROWDED = 10;
/** Bytes of such windows that are judged in one blob all the same, since a key may be hidden among them. */
export const MOST_CROWDED = 16 << 20;
