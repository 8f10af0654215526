package io.shardquake.node.core.info;

/** A section of INFO. */
public interface InfoSection {
  /** As it is asked for: {@code replication}. Its heading is the same with a capital letter. */
  String name();

  /** Writes the section's fields. */
  void write(InfoText text);

  /** Whether it is shown when no section is asked for. */
  default boolean isDefault() {
    return true;
  }
}
