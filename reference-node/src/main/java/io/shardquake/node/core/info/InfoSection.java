package io.shardquake.node.core.info;

import java.util.Locale;

/** A section of INFO. */
public interface InfoSection {
  /** As it is asked for: {@code replication}. */
  String name();

  /** What stands above it: mostly its name with a capital letter. */
  default String heading() {
    return name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
  }

  /** Writes the section's fields. */
  void write(InfoText text);

  /** Whether it is shown when no section is asked for. */
  default boolean isDefault() {
    return true;
  }
}
