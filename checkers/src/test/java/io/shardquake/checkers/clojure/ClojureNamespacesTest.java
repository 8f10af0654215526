package io.shardquake.checkers.clojure;

import static org.assertj.core.api.Assertions.assertThat;

import clojure.java.api.Clojure;
import clojure.lang.IFn;
import clojure.lang.RT;
import clojure.lang.Var;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the tests that are written in Clojure. */
class ClojureNamespacesTest {
  private static final IFn REQUIRE = Clojure.var("clojure.core", "require");

  @ParameterizedTest
  @ValueSource(strings = {"shardquake.knossos-test", "shardquake.jepsen-test"})
  void passesTheTestsWrittenInClojure(String namespace) {
    REQUIRE.invoke(Clojure.read("clojure.test"));
    REQUIRE.invoke(Clojure.read(namespace));
    StringWriter output = new StringWriter();
    Var.pushThreadBindings(RT.map(RT.var("clojure.test", "*test-out*"), output));
    Object summary;
    try {
      summary = Clojure.var("clojure.test", "run-tests").invoke(Clojure.read(namespace));
    } finally {
      Var.popThreadBindings();
    }

    assertThat(Clojure.var("clojure.test", "successful?").invoke(summary))
        .as(output.toString())
        .isEqualTo(true);
    assertThat(RT.get(summary, RT.keyword(null, "test"))).as("number of tests").isNotEqualTo(0L);
  }
}
