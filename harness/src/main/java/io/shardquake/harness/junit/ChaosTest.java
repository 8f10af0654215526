package io.shardquake.harness.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that runs once for each of several seeds, from which its traffic and its random choices
 * are drawn. The seed that fails stands in the test's name and in the failure's message.
 */
@Documented
@TestTemplate
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(ChaosTestSeeds.class)
public @interface ChaosTest {
  /** The first seed; the others follow it. */
  long seed() default 1;

  /** How many seeds; at least 1. */
  int repeat() default 1;
}
