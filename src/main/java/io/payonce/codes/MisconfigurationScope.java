package io.payonce.codes;

/** Says how far a misconfiguration reaches, and so which success proves that it is mended. */
public enum MisconfigurationScope {
  /** Our keys: any success shows that they are in order again. */
  KEYS,
  /** One merchant's standing: any success of that merchant. */
  MERCHANT,
  /** What one merchant may do: a success of that merchant's same operation. */
  OPERATION;

  /** An address allowed or an application bound serves all calls; a permission serves its own. */
  public static MisconfigurationScope of(Code code) {
    return switch (code) {
      case S03, S07, S08, S09, S10 -> KEYS;
      case S01, M02, M03 -> MERCHANT;
      default -> OPERATION;
    };
  }
}
