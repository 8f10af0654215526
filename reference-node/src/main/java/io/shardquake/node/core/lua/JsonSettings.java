package io.shardquake.node.core.lua;

/** What scripts can choose about JSON, with the library's defaults. Not thread-safe. */
final class JsonSettings {
  /** What becomes of numbers that JSON has no words for. */
  enum Invalid {
    ERROR,
    NULL,
    ALLOWED
  }

  private int encodeDepth = 1000;
  private int decodeDepth = 1000;
  private int precision = 14;
  private boolean convertSparse;
  private int sparseRatio = 2;
  private int sparseSafe = 10;
  private Invalid encodeInvalid = Invalid.ERROR;
  private boolean decodeInvalid = true;

  int encodeDepth() {
    return encodeDepth;
  }

  void encodeDepth(int most) {
    this.encodeDepth = most;
  }

  int decodeDepth() {
    return decodeDepth;
  }

  void decodeDepth(int most) {
    this.decodeDepth = most;
  }

  int precision() {
    return precision;
  }

  void precision(int digits) {
    this.precision = digits;
  }

  /** Whether arrays with too many holes become objects; they are an error otherwise. */
  boolean convertsSparse() {
    return convertSparse;
  }

  void convertSparse(boolean yes) {
    this.convertSparse = yes;
  }

  int sparseRatio() {
    return sparseRatio;
  }

  int sparseSafe() {
    return sparseSafe;
  }

  void sparse(int ratio, int safe) {
    this.sparseRatio = ratio;
    this.sparseSafe = safe;
  }

  Invalid encodeInvalid() {
    return encodeInvalid;
  }

  void encodeInvalid(Invalid how) {
    this.encodeInvalid = how;
  }

  boolean decodesInvalid() {
    return decodeInvalid;
  }

  void decodeInvalid(boolean yes) {
    this.decodeInvalid = yes;
  }
}
