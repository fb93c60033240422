// SPDX-License-Identifier: MIT
#include "app/apps/app_keys.h"

#include <QRegularExpression>
#include <QTest>

#include <set>

using namespace drover::app;

class AppKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keysAreLongAndNeverTheSame()
    {
        static const QRegularExpression form(QStringLiteral("^drv_[0-9A-Za-z]{43}$"));
        std::set<std::string> keys;

        for (int i = 0; i < 1000; ++i)
            keys.insert(makeKey());

        QCOMPARE(keys.size(), std::size_t(1000));
        for (const std::string& key : keys)
            QVERIFY2(form.match(QString::fromStdString(key)).hasMatch(), key.c_str());
    }

    void countsInBase62()
    {
        const std::array<std::uint8_t, 2> hundred = {0, 100};
        const std::array<std::uint8_t, 32> most = [] {
            std::array<std::uint8_t, 32> bytes{};
            bytes.fill(255);
            return bytes;
        }();

        QCOMPARE(base62(hundred), std::string("01c")); // 1 * 62 + 38
        QCOMPARE(base62(most).size(), std::size_t(43));
        QVERIFY(base62(most).front() != '0');
    }

    void theFileHasTheHashOnly()
    {
        const auto config = describeKey("drv_abcdef", "phone", "2026-11-21");

        const auto text = addKey("# mine\n", config);

        QVERIFY(text);
        // printf %s drv_abcdef | sha256sum
        QCOMPARE(config.sha256Hex, std::string("e9a2fdf28416b4bdaa0cab4125ee880ebc30497c106701ce7d3515f53538291b"));
        QVERIFY(text->starts_with("# mine\n"));
        QVERIFY(text->find("drv_abcdef") == std::string::npos);
        const auto keys = keysIn(*text);
        QVERIFY(keys && *keys == std::vector{config});
    }

    void aNameStandsForOneKey()
    {
        const auto text = addKey("", describeKey("drv_1", "phone", "2026-11-21"));

        QVERIFY(!addKey(*text, describeKey("drv_2", "phone", "2026-11-21")));
        QVERIFY(!addKey(*text, describeKey("drv_2", "", "2026-11-21")));
        QVERIFY(!renameKey(*addKey(*text, describeKey("drv_2", "laptop", "")), "laptop", "phone"));
    }

    void revokesAndRenamesTheRightOne()
    {
        std::string text = *addKey("", describeKey("drv_1", "a", ""));
        text = *addKey(text, describeKey("drv_2", "b", ""));

        const auto renamed = renameKey(text, "b", "c");
        const auto revoked = revokeKey(*renamed, "a");

        QVERIFY(renamed && revoked);
        const auto left = keysIn(*revoked);
        QCOMPARE(left->size(), std::size_t(1));
        QCOMPARE(left->front().name, std::string("c"));
        QCOMPARE(left->front().sha256Hex, describeKey("drv_2", "b", "").sha256Hex);
        QVERIFY(!revokeKey(*revoked, "a"));
    }
};

QTEST_GUILESS_MAIN(AppKeysTest)
#include "app_keys_test.moc"
