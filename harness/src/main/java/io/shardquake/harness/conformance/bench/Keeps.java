package io.shardquake.harness.conformance.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test of promises. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Keeps {
  /**
   * Their identifiers. A test of several checks them in this order, and says of each but the last
   * that it was kept before it goes on: {@link Bench#kept}.
   */
  String[] value();
}
