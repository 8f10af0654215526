package io.shardquake.node.core.value;

import io.shardquake.node.core.config.Configuration;
import java.util.function.Supplier;

/** The encoding limits as configured, read again when a directive changes. Not thread-safe. */
public final class ConfiguredLimits implements Supplier<EncodingLimits> {
  private EncodingLimits limits;

  public ConfiguredLimits(Configuration configuration, int hashSeed) {
    this.limits = EncodingLimits.of(configuration, hashSeed);
    configuration.onChange(directive -> limits = EncodingLimits.of(configuration, hashSeed));
  }

  @Override
  public EncodingLimits get() {
    return limits;
  }
}
