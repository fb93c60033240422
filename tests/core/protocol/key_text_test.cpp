// SPDX-License-Identifier: MIT
#include "core/protocol/key_text.h"

#include <QTest>

using namespace drover;
using namespace std::string_literals;

class KeyTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hashesAsSha256sumDoes()
    {
        QCOMPARE(sha256Hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"s);
    }

    void keysAreOfOneLength()
    {
        QCOMPARE(base62(std::string(32, '\0')), std::string(43, '0'));
        QCOMPARE(base62(std::string(32, '\xff')).size(), std::size_t(43));
        QCOMPARE(base62("\x01\x00"s), "048"s); // 256 = 4 * 62 + 8
    }

    void codesHaveNoLettersThatLookAlike()
    {
        std::string all;
        for (char byte = 0; byte < 32; ++byte)
            all += codeOf(std::string(codeLetters, byte)).front();

        QCOMPARE(all, "0123456789ABCDEFGHJKMNPQRSTVWXYZ"s);
        QCOMPARE(codeOf(std::string(codeLetters, '\xff')), "ZZZZZZZZZZZZ"s);
        QCOMPARE(spellCode("7K2MQ9TD4XWH"), "7K2M-Q9TD-4XWH"s);
    }

    void readsACodeHoweverItIsTyped_data()
    {
        QTest::addColumn<QByteArray>("typed");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("as shown") << QByteArray("7K2M-Q9TD-4XWH") << QByteArray("7K2MQ9TD4XWH");
        QTest::newRow("small") << QByteArray("7k2m-q9td-4xwh") << QByteArray("7K2MQ9TD4XWH");
        QTest::newRow("run together") << QByteArray("7K2MQ9TD4XWH") << QByteArray("7K2MQ9TD4XWH");
        QTest::newRow("dashes elsewhere") << QByteArray(" 7K-2MQ9TD4-XWH ") << QByteArray("7K2MQ9TD4XWH");
        QTest::newRow("look-alikes") << QByteArray("oOiI-lL00-1111") << QByteArray("001111001111");
        QTest::newRow("too short") << QByteArray("7K2M-Q9TD-4XW") << QByteArray();
        QTest::newRow("too long") << QByteArray("7K2M-Q9TD-4XWHH") << QByteArray();
        QTest::newRow("a letter that is none") << QByteArray("7K2M-Q9TD-4XWU") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("a null") << QByteArray("7K2M-Q9TD-4XW\0", 14) << QByteArray();
    }
    void readsACodeHoweverItIsTyped()
    {
        QFETCH(QByteArray, typed);
        QFETCH(QByteArray, code);

        QCOMPARE(readCode(typed.toStdString()).value_or(""), code.toStdString());
    }
};

QTEST_GUILESS_MAIN(KeyTextTest)
#include "key_text_test.moc"
