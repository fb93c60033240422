// SPDX-License-Identifier: MIT
#include "core/protocol/json_text.h"
#include "core/protocol/percent.h"
#include "core/protocol/rfc3339.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <QtTest>

#include <array>

using namespace drover;

class TextFormsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void escapesWhatJsonDemands()
    {
        QCOMPARE(jsonString("a\"b\\c\n\r\t\x01\x7f"), std::string("\"a\\\"b\\\\c\\n\\r\\t\\u0001\\u007f\""));
        QCOMPARE(jsonString(std::string_view("\0", 1)), std::string("\"\\u0000\""));
        QCOMPARE(jsonString(""), std::string("\"\""));
        QCOMPARE(
            jsonString("gr\xC3\xBC\xC3\x9F \xF0\x9F\x90\x91"), std::string("\"gr\xC3\xBC\xC3\x9F \xF0\x9F\x90\x91\""));
    }

    void replacesInvalidUtf8()
    {
        const std::string mark = "\xEF\xBF\xBD";

        QCOMPARE(validUtf8("\xFF"), mark);
        QCOMPARE(validUtf8("a\x80z"), "a" + mark + "z");
        QCOMPARE(validUtf8("\xC0\xAF"), mark + mark); // overlong
        QCOMPARE(validUtf8("\xED\xA0\x80"), mark + mark + mark); // surrogate
        QCOMPARE(validUtf8("\xF4\x90\x80\x80"), mark + mark + mark + mark); // above U+10FFFF
        QCOMPARE(validUtf8("\xE2\x82"), mark); // cut
        QCOMPARE(validUtf8("\xE2\x82z"), mark + "z");
        QCOMPARE(validUtf8("\xE2\x82\xAC"), std::string("\xE2\x82\xAC"));
    }

    void everyByteStringBecomesReadableJson()
    {
        for (int first = 0; first < 256; ++first) {
            for (int second = 0; second < 256; ++second) {
                const std::array<char, 3> bytes{static_cast<char>(first), static_cast<char>(second), 'x'};
                const std::string_view text(bytes.data(), bytes.size());

                boost::json::error_code failed;
                const auto value = boost::json::parse(jsonString(text), failed);

                QVERIFY(!failed);
                QVERIFY(std::string_view(value.get_string()) == validUtf8(text));
            }
        }
    }

    void decodesPercentSigns()
    {
        QCOMPARE(percentDecoded("me%2Ftiny%3alatest"), std::string("me/tiny:latest"));
        QCOMPARE(percentDecoded("100%"), std::string("100%"));
        QCOMPARE(percentDecoded("%4"), std::string("%4"));
        QCOMPARE(percentDecoded("%zz%41"), std::string("%zzA"));
        QCOMPARE(percentDecoded("%41%"), std::string("A%"));
        QCOMPARE(percentDecoded(""), std::string());
    }

    void readsAndWritesTimes()
    {
        QCOMPARE(parseRfc3339("2026-11-21T08:19:17.712583376Z"), std::optional<std::int64_t>(1795249157));
        QCOMPARE(parseRfc3339("2026-11-21T09:19:17+01:00"), std::optional<std::int64_t>(1795249157));
        QCOMPARE(parseRfc3339("1970-01-01T00:00:00Z"), std::optional<std::int64_t>(0));
        QCOMPARE(formatRfc3339(1795249157), std::string("2026-11-21T08:19:17Z"));
        QCOMPARE(formatRfc3339(951782400), std::string("2000-02-29T00:00:00Z"));
        QCOMPARE(formatRfc3339Nanoseconds(1795249157012583376), std::string("2026-11-21T08:19:17.012583376Z"));
    }

    void refusesWhatIsNoTime()
    {
        for (const char* text : {"", "2026", "2026-11-21", "2026-13-21T08:19:17Z", "2026-02-30T08:19:17Z",
                 "2026-11-21T24:19:17Z", "2026-11-21T08:19:17", "2026-11-21T08:19:17+1:00", "2026x11-21T08:19:17Z",
                 "0001-01-01T00:00:00Z", "2026-11-21T08:19:17.Zx"})
            QVERIFY2(!parseRfc3339(text), text);
    }
};

QTEST_GUILESS_MAIN(TextFormsTest)
#include "text_forms_test.moc"
