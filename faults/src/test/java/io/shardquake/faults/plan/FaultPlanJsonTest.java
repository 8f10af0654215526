package io.shardquake.faults.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FaultPlanJsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonSchema SCHEMA = schema();

  private static JsonSchema schema() {
    try (InputStream resource = FaultPlanJson.class.getResourceAsStream("fault-plan.schema.json")) {
      return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(resource);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Property(tries = 300)
  @Domain(FaultPlans.class)
  void isReadAsItWasWritten(@ForAll FaultPlan plan) {
    assertThat(FaultPlanJson.read(FaultPlanJson.write(plan), "plan.json")).isEqualTo(plan);
    assertThat(FaultPlanJson.fromTree(FaultPlanJson.toTree(plan), "run")).isEqualTo(plan);
  }

  @Property(tries = 300)
  @Domain(FaultPlans.class)
  void keepsToItsSchema(@ForAll FaultPlan plan) throws JsonProcessingException {
    assertThat(SCHEMA.validate(MAPPER.readTree(FaultPlanJson.write(plan)))).isEmpty();
  }

  @Test
  void readsAPlanWrittenByHand() {
    FaultPlan plan =
        FaultPlanJson.read(
            """
            {"faults": [
              {"kind": "kill", "on": "master-of(slot 42)", "at": "1.5s", "for": "2 m"},
              {"kind": "delay", "on": "node 3", "at": "0s", "draw": 7,
               "with": {"mean": "20ms", "percent": 5, "both": true}}
            ]}
            """,
            "plan.json");

    assertThat(plan.faults().get(0).at()).isEqualTo(Duration.ofMillis(1500));
    assertThat(plan.faults().get(0).duration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(plan.faults().get(1).draw()).isEqualTo(7);
    assertThat(plan.faults().get(1).parameters())
        .containsEntry("mean", "20ms")
        .containsEntry("percent", "5")
        .containsEntry("both", "true");
  }

  @Test
  void givesAFaultWithoutADrawOneThatItsNeighboursDoNotChange() {
    String kill = "{\"kind\": \"kill\", \"on\": \"random-master\", \"at\": \"5s\"}";
    String pause = "{\"kind\": \"pause\", \"on\": \"random-master\", \"at\": \"5s\"}";

    FaultPlan both = FaultPlanJson.read("{\"faults\": [" + pause + "," + kill + "]}", "p");
    FaultPlan one = FaultPlanJson.read("{\"faults\": [" + kill + "]}", "p");

    assertThat(both.faults().get(1)).isEqualTo(one.faults().get(0));
    assertThat(both.faults().get(0).draw()).isNotEqualTo(both.faults().get(1).draw());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[]|p.json:1:1: a plan is an object with 'faults'",
        "{}|p.json:1:2: faults: missing",
        "{\"faults\": 1}|p.json:1:12: faults: must be a list",
        "{\"flauts\": []}|p.json:1:12: flauts: unknown field (there are format, faults)",
        "{\"faults\": [{\"kind\":\"kill\",\"at\":\"1s\"}]}|p.json:1:37: faults[0].on: missing",
        "{\"faults\": [{\"kind\":3}]}|p.json:1:21: faults[0].kind: must be a string",
        "{\"faults\": [{\"at\":\"soon\"}]}|p.json:1:19: faults[0].at: not a length of time: 'soon'"
            + " (write 500ms, 1.5s, 2m or 1h)",
        "{\"faults\": [{\"draw\":1e3}]}|p.json:1:21: faults[0].draw: must be a whole number",
        "{\"faults\": [{\"draw\":9223372036854775808}]}|p.json:1:21: faults[0].draw: must fit 64 bits",
        "{\"faults\": [{\"with\":{\"a\":[]}}]}"
            + "|p.json:1:26: faults[0].with.a: must be a string, a number, true or false",
        "{\"faults\": []} {}|p.json:1:16: something follows the plan",
        "{\"format\": \"shardquake-fault-plan/9\"}"
            + "|p.json:1:12: format: this version reads shardquake-fault-plan/1 only, not"
            + " 'shardquake-fault-plan/9'",
      })
  void saysWhereAndWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> FaultPlanJson.read(text, "p.json"))
        .isInstanceOf(FaultPlanFormatException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "''|p.json:1:1: ",
        "{\"faults\": [|p.json:1:13: ",
        "{\"faults\": [{\"kind\": \"kill\", \"kind\": \"pause\"}]}|p.json:1:",
        "nonsense|p.json:1:",
      })
  void saysInOneLineWhereTheJsonEnds(String text, String start) {
    assertThatThrownBy(() -> FaultPlanJson.read(text.equals("''") ? "" : text, "p.json"))
        .isInstanceOf(FaultPlanFormatException.class)
        .message()
        .startsWith(start)
        .doesNotContain("\n");
  }

  @Test
  void namesTheLine() {
    assertThatThrownBy(
            () ->
                FaultPlanJson.read("{\"faults\": [\n {\"kind\": \"Kill!\", \"on\": 3}]}", "p.json"))
        .hasMessage("p.json:2:26: faults[0].on: must be a string");
  }

  @Test
  void namesTheFieldOfAPlanWithinAnotherDocument() throws JsonProcessingException {
    var tree = MAPPER.readTree("{\"faults\": [{\"kind\": \"kill\", \"on\": \"nobody\"}]}");

    assertThatThrownBy(() -> FaultPlanJson.fromTree(tree, "experiment.json"))
        .hasMessageStartingWith("experiment.json: faults[0].on: not a selector: 'nobody'");
  }

  @Test
  void readsAPlanInYaml() {
    FaultPlan plan =
        FaultPlanJson.readYaml(
            """
            # A flapping link, then a kill.
            faults:
              - kind: flap
                on: random-master
                at: 1s
                for: 3s
                with: {on: 300ms, off: 0.7s}
              - {kind: kill, on: master-of(slot 42), at: 10s, for: 5s, draw: 7}
            """,
            "plan.yaml");

    assertThat(plan.faults().get(0).parameters())
        .containsEntry("on", "300ms")
        .containsEntry("off", "0.7s");
    assertThat(plan.faults().get(1).draw()).isEqualTo(7);
    assertThat(plan.faults().get(1).on()).isEqualTo(Selector.parse("master-of(slot 42)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "faults:\\n  - kind: kill\\n    on: nobody\\n    at: 1s|p.yaml:3:9: faults[0].on: not a",
        "faults:\\n  - kind: kill\\n    kind: pause|p.yaml:3:",
        "faults:\\n  - {kind: kill|p.yaml:2:",
        "faults:\\n  - kind: kill\\n    at: 3|p.yaml:3:9: faults[0].at: must be a string",
      })
  void namesLineAndColumnInYaml(String text, String start) {
    assertThatThrownBy(() -> FaultPlanJson.readYaml(text.replace("\\n", "\n"), "p.yaml"))
        .isInstanceOf(FaultPlanFormatException.class)
        .message()
        .startsWith(start)
        .doesNotContain("\n");
  }
}
