package io.payonce.sandbox.signature;

/** Says what a {@link Verifier} found; everything but {@link #VALID} is a refusal. */
public enum SignatureVerdict {
  VALID,
  UNSIGNED,
  /** The signature or what it covers cannot be read. */
  MALFORMED,
  UNKNOWN_KEY,
  /** The algorithm named is not the key's. */
  WRONG_ALGORITHM,
  /** It leaves out a part that it must cover. */
  UNCOVERED,
  /** Content-Digest does not match the body. */
  WRONG_DIGEST,
  /** It was made in the future. */
  NOT_YET_VALID,
  EXPIRED,
  MISMATCH;

  public boolean isValid() {
    return this == VALID;
  }
}
