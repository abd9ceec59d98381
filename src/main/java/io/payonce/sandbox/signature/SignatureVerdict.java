package io.payonce.sandbox.signature;

/** What a {@link Verifier} found; everything but {@link #VALID} is a refusal. */
public enum SignatureVerdict {
  VALID("the signature is valid"),
  UNSIGNED("there is no signature"),
  MALFORMED("the signature or what it covers cannot be read"),
  UNKNOWN_KEY("no known key has this key id"),
  WRONG_ALGORITHM("the algorithm named is not the key's"),
  UNCOVERED("the signature leaves out a part it must cover"),
  WRONG_DIGEST("Content-Digest does not match the body"),
  NOT_YET_VALID("the signature was made in the future"),
  EXPIRED("the signature is too old"),
  MISMATCH("the signature does not match the request");

  private final String meaning;

  SignatureVerdict(String meaning) {
    this.meaning = meaning;
  }

  /** One clause for a person, without anything of the request or the key. */
  public String meaning() {
    return meaning;
  }

  public boolean isValid() {
    return this == VALID;
  }
}
