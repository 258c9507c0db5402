package io.serai.route;

import java.text.ParseException;
import java.util.Date;
import java.util.function.Consumer;
import org.quartz.CronExpression;
import org.springframework.core.env.PropertyResolver;

/** Times of Quartz, also those that a setting or its default says: {@code {{serai.timers.digest:0 0 8 * * ?}}}. */
final class Crons {

    private static final String FORM = "seconds minutes hours day-of-month month day-of-week, such as 0 0 9 ? * MON-FRI";

    private final PropertyResolver settings;

    Crons(PropertyResolver settings) {
        this.settings = settings;
    }

    /** @param edited whether somebody wants it so now; a date that has gone by since hinders nobody who edits something else */
    void judge(Use use, String name, Item value, boolean edited, Consumer<Fault> faults) {
        boolean cron = use.scheme().equals("quartz") && name.equals("cron") || name.equals("scheduler.cron");
        String text = cron && value.isText() ? resolved(value.text()) : "";
        if (text.isEmpty() || text.contains("{{") || text.contains("${")) {
            return;
        }
        try {
            var expression = new CronExpression(text.contains(" ") ? text : text.replace('+', ' '));
            if (edited && expression.getNextValidTimeAfter(new Date()) == null) {
                faults.accept(Fault.at(value, "the cron expression '%s' lies in the past: it never fires".formatted(text), null));
            }
        } catch (ParseException wrong) {
            String whence = text.equals(value.text()) ? "" : "; %s says '%s'".formatted(value.text(), text);
            faults.accept(Fault.at(value, "no cron expression: " + wrong.getMessage() + whence, FORM));
        }
    }

    /** What Camel would make of it; what only Camel can find stays a hole. */
    private String resolved(String text) {
        return text.matches("\\{\\{[^{}?:]+(:[^{}]*)?}}") && !text.startsWith("{{env:")
                ? settings.resolvePlaceholders("${" + text.substring(2, text.length() - 2) + "}") : text;
    }
}
