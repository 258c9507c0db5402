package io.serai.memory;

/** A vector of length one, six bits an axis, as the SQL function of the same name makes it (V32__slim.sql): bits of the same rank lie together. */
final class Planes {

    private static final int PLANES = 6;
    private static final int STEPS = 1 << (PLANES - 1);

    private Planes() {}

    /** All of them as zeros and ones, the signs first. */
    static String of(float[] vector) {
        var bits = new StringBuilder(PLANES * vector.length);
        for (int plane = PLANES - 1; plane >= 0; plane--) {
            for (float axis : vector) {
                bits.append(rung(axis, vector.length) >> plane & 1);
            }
        }
        return bits.toString();
    }

    static String signs(float[] vector) {
        return of(vector).substring(0, vector.length);
    }

    private static int rung(double axis, int axes) {
        int step = (int) Math.min(STEPS - 1, Math.abs(axis) * 8 * Math.sqrt(axes));
        return axis > 0 ? STEPS + step : STEPS - 1 - step;
    }
}
