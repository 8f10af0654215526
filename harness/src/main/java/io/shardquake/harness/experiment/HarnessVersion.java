package io.shardquake.harness.experiment;

import java.util.Objects;

/** The version of this program. */
public final class HarnessVersion {
  /** As the build stamped it into the executable jar; where there is no jar, it says so. */
  public static final String NUMBER =
      Objects.requireNonNullElse(
          HarnessVersion.class.getPackage().getImplementationVersion(), "unpackaged");

  private HarnessVersion() {}
}
