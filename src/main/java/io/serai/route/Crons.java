package io.serai.route;

import java.text.ParseException;
import java.util.Date;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quartz.CronExpression;
import org.springframework.core.env.PropertyResolver;

/** Times of Quartz, also those that a setting or its default says: {@code {{serai.timers.digest:0 0 8 * * ?}}}. */
final class Crons {

    private static final String FORM = "seconds minutes hours day-of-month month day-of-week, such as 0 0 9 ? * MON-FRI";

    private static final Pattern SETTING = Pattern.compile("\\{\\{([^{}?:]+)(?::([^{}]*))?}}");

    private final PropertyResolver settings;
    private final Predicate<String> readable;

    /** @param readable whether a route may read the setting of this name; no other is looked at */
    Crons(PropertyResolver settings, Predicate<String> readable) {
        this.settings = settings;
        this.readable = readable;
    }

    /** @param edited whether somebody wants it so now; a date that has gone by since hinders nobody who edits something else */
    void judge(Use use, String name, Item value, boolean edited, Consumer<Fault> faults) {
        boolean cron = use.scheme().equals("quartz") && name.equals("cron") || name.equals("scheduler.cron");
        if (cron && value.isText()) {
            Matcher setting = SETTING.matcher(value.text());
            boolean known = setting.matches() && readable.test(setting.group(1));
            String set = known ? settings.getProperty(setting.group(1)) : null;
            String otherwise = known && setting.group(2) != null ? setting.group(2) : value.text();
            judge(set == null ? otherwise : set, set != null, value, edited, faults);
        }
    }

    /** @param set whether a setting says so: what that holds stands in no fault, which more people read than settings */
    private static void judge(String text, boolean set, Item value, boolean edited, Consumer<Fault> faults) {
        if (text.isEmpty() || text.contains("{{") || text.contains("${")) {
            return;
        }
        try {
            var expression = new CronExpression(text.contains(" ") ? text : text.replace('+', ' '));
            if (edited && expression.getNextValidTimeAfter(new Date()) == null) {
                faults.accept(Fault.at(value, "the cron expression '%s' lies in the past: it never fires".formatted(set ? value.text() : text), null));
            }
        } catch (ParseException wrong) {
            String whence = text.equals(value.text()) ? "" : "; %s says '%s'".formatted(value.text(), text);
            faults.accept(Fault.at(value, set ? "what the setting %s holds is no cron expression".formatted(value.text())
                    : "no cron expression: " + wrong.getMessage() + whence, FORM));
        }
    }
}
