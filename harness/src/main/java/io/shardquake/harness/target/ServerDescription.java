package io.shardquake.harness.target;

/**
 * Which server a cluster runs, so that a report can name it and a rerun can compare.
 *
 * @param product what the server calls itself ({@code redis})
 * @param version its version ({@code 7.0.15})
 * @param build the build identifier that it reports; empty if it reports none
 * @param sha256 digest of the executable in lower-case hexadecimal; empty if there is no executable
 *     at hand (a server that somebody else runs)
 * @param origin path of the executable, or where else the server came from
 */
public record ServerDescription(
    String product, String version, String build, String sha256, String origin) {
  /** One line for people. */
  @Override
  public String toString() {
    return product
        + " "
        + version
        + (build.isEmpty() ? "" : " (build " + build + ")")
        + ", "
        + origin
        + (sha256.isEmpty() ? "" : ", sha256 " + sha256);
  }
}
