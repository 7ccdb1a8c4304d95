package io.mimic.spring;

import io.mimic.MimicSetting;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether MIMIC is to run. What is neither true nor false lets it begin, so that it can say what is wrong. */
final class EnabledCondition extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        boolean enabled = SpringSettings.readable(context.getEnvironment()).get(MimicSetting.ENABLED);
        return new ConditionOutcome(enabled, MimicSetting.ENABLED.key() + (enabled ? " is not false" : " is false"));
    }
}
