/* SPDX-License-Identifier: GPL-3.0-or-later
 *
 * report_reason.c - why, and what to do. See report_reason.h.
 */
#include "report_reason.h"
#include "text.h"
#include <string.h>

#define SIGN_AGAIN_VI "Đề nghị nơi gửi ký lại bằng chứng thư còn hiệu lực và gửi lại."
#define SIGN_AGAIN_EN "Ask the sender to sign again under a certificate that is valid, and to send it again."
#define NOT_TO_USE_VI "Không sử dụng bản này; đề nghị nơi gửi gửi lại bản gốc."
#define NOT_TO_USE_EN "Do not use this copy; ask the sender for the original."
#define FETCH_VI                                                                                                                    \
	"Lấy CRL mới của cơ quan cấp chứng thư (địa chỉ nêu ở dưới nếu có), nhập bằng congvan trust " \
	"import, rồi "                                                                                                            \
	"kiểm tra lại."
#define FETCH_EN                                                                                             \
	"Bring a new CRL of the authority (its address is below, where there is one), import it with "       \
	"congvan "                                                                                           \
	"trust import, and check again."
#define PROOF_VI                                                                                                                         \
	"Tìm bản có dấu thời gian đóng khi chứng thư còn hiệu lực, hoặc xác nhận của nơi gửi; nếu không " \
	"có, đề "                                                                                                                    \
	"nghị ký lại."
#define PROOF_EN                                                                                             \
	"Look for a copy with a time-stamp from when the certificate was valid, or let the sender confirm "  \
	"it; "                                                                                               \
	"else ask that it be signed again."
#define IMPORT_VI                                                                                                                     \
	"Nhập chứng thư gốc và chứng thư của cơ quan cấp bằng congvan trust import, rồi kiểm tra lại; nếu " \
	"nơi cấp "                                                                                                                 \
	"không phải cơ quan được công nhận thì không sử dụng."
#define IMPORT_EN                                                                                            \
	"Import the root and the authority's certificate with congvan trust import and check again; if the " \
	"issuer is no recognised authority, do not use it."
#define ASK_AUTHORITY_VI "Hỏi Cục Chứng thực số và Bảo mật thông tin trước khi sử dụng."
#define ASK_AUTHORITY_EN "Ask the authority before using it."
#define STRONGER_VI                                                                                                                               \
	"Đối chiếu với bản lưu của nơi gửi; nếu cần giá trị lâu dài, đề nghị ký lại bằng thuật toán mạnh " \
	"(SHA-256)."
#define STRONGER_EN                                                                                          \
	"Compare it with the sender's own copy; where it must last, ask for a signature with a strong "      \
	"algorithm "                                                                                         \
	"(SHA-256)."

static const struct reason {
	const char *sub_indication, *code; /* code NULL: any */
	const char *vi, *en, *todo_vi, *todo_en;
} reasons[] = {
	{ "FORMAT_FAILURE", NULL, "định dạng chữ ký hoặc phạm vi ký sai, hoặc tài liệu đã bị sửa",
	  "the format or the covered range is wrong, or the document was changed", NOT_TO_USE_VI,
	  NOT_TO_USE_EN },
	{ "HASH_FAILURE", NULL, "nội dung đã ký bị thay đổi", "what was signed has been changed",
	  NOT_TO_USE_VI, NOT_TO_USE_EN },
	{ "SIG_CRYPTO_FAILURE", NULL, "giá trị chữ ký không khớp với khóa của người ký",
	  "the signature value does not fit the signer's key", NOT_TO_USE_VI, NOT_TO_USE_EN },
	{ "REVOKED", NULL, "chứng thư đã bị thu hồi trước khi ký",
	  "the certificate was revoked before signing", SIGN_AGAIN_VI, SIGN_AGAIN_EN },
	{ "EXPIRED", NULL, "chứng thư đã hết hạn trước khi ký", "the certificate had expired before signing",
	  SIGN_AGAIN_VI, SIGN_AGAIN_EN },
	{ "NOT_YET_VALID", "TSA_NOT_YET_VALID",
	  "dấu thời gian ghi thời điểm trước khi chứng thư của nó có hiệu lực",
	  "the time-stamp gives a time before its certificate began", ASK_AUTHORITY_VI, ASK_AUTHORITY_EN },
	{ "NOT_YET_VALID", NULL, "chứng thư chưa có hiệu lực khi ký", "the certificate was not valid yet",
	  SIGN_AGAIN_VI, SIGN_AGAIN_EN },
	{ "SIG_CONSTRAINTS_FAILURE", "TIMESTAMP_WRONG",
	  "một dấu thời gian không khớp với nội dung mà nó phải phủ",
	  "a time-stamp does not fit what it must cover", ASK_AUTHORITY_VI, ASK_AUTHORITY_EN },
	{ "SIG_CONSTRAINTS_FAILURE", NULL, "chữ ký không được lập theo đúng quy cách (nêu ở dưới)",
	  "the signature is not made by the rules (told below)",
	  "Chuyển người có chuyên môn xem các điểm nêu ở dưới trước khi sử dụng.",
	  "Let an expert look at the points below before it is used." },
	{ "CHAIN_CONSTRAINTS_FAILURE", NULL, "chứng thư không được cấp để dùng vào việc này",
	  "the certificate is not for this use", "Đề nghị nơi gửi ký lại bằng chứng thư dùng để ký văn bản.",
	  "Ask the sender to sign again under a certificate for signing documents." },
	{ "CERTIFICATE_CHAIN_GENERAL_FAILURE", NULL,
	  "chuỗi chứng thư từ người ký đến chứng thư gốc có chỗ sai", "the certificate chain fails",
	  ASK_AUTHORITY_VI, ASK_AUTHORITY_EN },
	{ "CRYPTO_CONSTRAINTS_FAILURE", "ALGORITHM_UNSUPPORTED", "thuật toán ký không tính được trên máy này",
	  "the algorithm cannot be computed on this system",
	  "Kiểm tra bằng phần mềm của cơ quan cấp chứng thư.", "Check it with the authority's own program." },
	{ "CRYPTO_CONSTRAINTS_FAILURE", NULL, "thuật toán ký quá yếu", "an algorithm is too weak", STRONGER_VI,
	  STRONGER_EN },
	{ "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", "REVOCATION_WEAK",
	  "thông tin thu hồi hiện có được ký bằng thuật toán nay đã yếu",
	  "the revocation data at hand is signed with an algorithm that is weak by now", FETCH_VI, FETCH_EN },
	{ "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", NULL,
	  "thuật toán ký nay đã yếu và không có bằng chứng chữ ký có từ khi thuật toán còn đủ mạnh",
	  "an algorithm is weak by now and nothing proves that the signature is from when it was strong",
	  STRONGER_VI, STRONGER_EN },
	{ "NO_SIGNING_CERTIFICATE_FOUND", "ESS_OTHER_CERTIFICATE",
	  "chứng thư kèm theo không phải chứng thư mà người ký đã ghi, nên không biết ai ký",
	  "the certificate that comes with it is not the one the signer named, so nobody knows who signed",
	  "Không ghi nhận người ký; đề nghị nơi gửi xác nhận và ký lại.",
	  "Record no signer; ask the sender to confirm, and to sign again." },
	{ "NO_SIGNING_CERTIFICATE_FOUND", "SIGNING_CERTIFICATE_OTHER",
	  "chứng thư kèm theo không phải chứng thư mà người ký đã ghi, nên không biết ai ký",
	  "the certificate that comes with it is not the one the signer named, so nobody knows who signed",
	  "Không ghi nhận người ký; đề nghị nơi gửi xác nhận và ký lại.",
	  "Record no signer; ask the sender to confirm, and to sign again." },
	{ "NO_SIGNING_CERTIFICATE_FOUND", NULL, "không tìm thấy chứng thư của người ký",
	  "the signer's certificate was not found",
	  "Xin nơi gửi tệp chứng thư của người ký, đặt vào kho (--trust), rồi kiểm tra lại.",
	  "Ask the sender for the signer's certificate, put it into the trust data (--trust), and check "
	  "again." },
	{ "NO_CERTIFICATE_CHAIN_FOUND", NULL,
	  "chứng thư của người ký không nối được đến chứng thư gốc nào đã nhập vào kho tin cậy",
	  "the signer's certificate leads to no root certificate of the trust data", IMPORT_VI, IMPORT_EN },
	{ "NO_CERTIFICATE_CHAIN_FOUND_NO_POE", NULL,
	  "chứng thư gốc đã hết hạn và không có bằng chứng chữ ký có từ trước",
	  "the root certificate has ended and nothing proves that the signature is older", PROOF_VI, PROOF_EN },
	{ "REVOKED_NO_POE", NULL,
	  "chứng thư đã bị thu hồi và không có bằng chứng chữ ký có từ trước khi thu hồi",
	  "the certificate is revoked and nothing proves that the signature is older", PROOF_VI, PROOF_EN },
	{ "REVOKED_CA_NO_POE", NULL,
	  "chứng thư của cơ quan cấp đã bị thu hồi, và không có bằng chứng mọi thứ có từ trước đó",
	  "the certificate of an authority on the path is revoked, and nothing proves that all is older",
	  ASK_AUTHORITY_VI, ASK_AUTHORITY_EN },
	{ "OUT_OF_BOUNDS", "TSA_EXPIRED",
	  "chứng thư nay đã hết hạn, và chứng thư của dấu thời gian cũng đã hết hạn khi chưa có dấu thời gian "
	  "lưu trữ "
	  "phủ lên",
	  "the certificate has ended, and so has that of the time-stamp before an archive time-stamp covered "
	  "it",
	  PROOF_VI, PROOF_EN },
	{ "OUT_OF_BOUNDS", "TSA_NO_CHAIN",
	  "chứng thư nay đã hết hạn, và dấu thời gian không nối được đến chứng thư gốc nào đã nhập vào kho "
	  "tin cậy",
	  "the certificate has ended, and the time-stamp leads to no root certificate of the trust data",
	  IMPORT_VI, IMPORT_EN },
	{ "OUT_OF_BOUNDS", "TSA_REVOCATION_UNKNOWN",
	  "chứng thư nay đã hết hạn, và dấu thời gian chưa tin được vì thiếu CRL của cơ quan cấp dấu thời "
	  "gian",
	  "the certificate has ended, and the time-stamp is not believed for want of a CRL of its authority",
	  FETCH_VI, FETCH_EN },
	{ "OUT_OF_BOUNDS_NOT_REVOKED", NULL,
	  "chứng thư nay đã hết hạn (chưa từng bị thu hồi) và không có bằng chứng đã ký khi còn hạn",
	  "the certificate has ended (it was never revoked) and nothing proves that it was signed in its time",
	  PROOF_VI, PROOF_EN },
	{ "OUT_OF_BOUNDS_NO_POE", NULL, "chứng thư nay đã hết hạn và không có bằng chứng đã ký khi còn hạn",
	  "the certificate is out of its time and nothing proves that it was signed within it", PROOF_VI,
	  PROOF_EN },
	{ "REVOCATION_OUT_OF_BOUNDS_NO_POE", NULL,
	  "bên lập ra thông tin thu hồi nay đã hết hạn chứng thư, và không có bằng chứng thông tin đó có từ "
	  "trước",
	  "who made the revocation data has ended since, and nothing proves the data older", FETCH_VI,
	  FETCH_EN },
	{ "TRY_LATER", "SUSPENDED", "chứng thư đang bị tạm dừng", "the certificate is suspended",
	  "Chờ cơ quan quản lý chứng thư khôi phục hoặc thu hồi, rồi kiểm tra lại với CRL mới.",
	  "Wait until it is restored or revoked, then check again with a new CRL." },
	{ "TRY_LATER", "REVOCATION_UNKNOWN",
	  "chưa có CRL hay trả lời OCSP nên không biết chứng thư có bị thu hồi không",
	  "without a CRL or OCSP answer it is not known whether the certificate was revoked", FETCH_VI,
	  FETCH_EN },
	{ "TRY_LATER", NULL,
	  "CRL hoặc trả lời OCSP hiện có không dùng được cho thời điểm xét, nên không biết chứng thư có bị "
	  "thu hồi "
	  "không",
	  "the CRL or OCSP answer at hand does not serve for the time used, so it is not known whether the "
	  "certificate was revoked",
	  FETCH_VI, FETCH_EN },
	{ "SIGNED_DATA_NOT_FOUND", NULL, "không có nội dung được ký để kiểm tra",
	  "the signed data is not there to check",
	  "Đặt tệp được ký vào cùng thư mục với tệp chữ ký, giữ nguyên tên, rồi kiểm tra lại.",
	  "Put the signed file into the folder of the signature, under its own name, and check again." },
	{ "TIMESTAMP_ORDER_FAILURE", NULL, "các dấu thời gian mâu thuẫn nhau về thứ tự",
	  "the time-stamps contradict each other", ASK_AUTHORITY_VI, ASK_AUTHORITY_EN },
	{ 0 },
};

static bool has_code(const struct signature *s, const char *code)
{
	for (int i = 0; i < s->messages.n; i++) {
		const char *have = s->messages.at[i].code;
		bool of_itself = text_same(s->format, "DocTimeStamp") && text_starts(have, "TSA_");
		if (strcmp(have, code) == 0 || (of_itself && strcmp(have + 4, code) == 0))
			return true;
	}
	return false;
}

/* Rows with a code may name the beginning of several sub-indications; those tell of the time-stamp of
 * another. */
static bool is_of(const struct reason *r, const struct signature *s)
{
	if (strcmp(r->sub_indication, s->sub_indication) == 0)
		return r->code == NULL || has_code(s, r->code);
	return r->code != NULL && text_starts(s->sub_indication, r->sub_indication) &&
	       !text_same(s->format, "DocTimeStamp") && has_code(s, r->code);
}

static const struct reason *find(const struct signature *s)
{
	for (const struct reason *r = reasons; s->sub_indication != NULL && r->vi != NULL; r++)
		if (is_of(r, s))
			return r;
	return NULL;
}

/* What stands whole in itself is wrong in its surroundings only: say that instead of "the format". */
static const char *around(const struct signature *s, bool vi)
{
	if (!text_same(s->sub_indication, "FORMAT_FAILURE") || s->intact != YES || s->valid != YES)
		return NULL;
	if (s->changes_after == CHANGES_FORBIDDEN)
		return vi ? "tài liệu bị sửa sau khi ký" : "the document was changed after it was signed";
	if (s->coverage == COVERS_PART)
		return vi ? "chữ ký bỏ ra ngoài một phần của tệp"
			  : "the signature leaves out a part of the file";
	return NULL;
}

const char *report_reason(const struct signature *s, enum lang lang)
{
	const struct reason *r = find(s);
	const char *outside = around(s, lang == LANG_VI);
	if (outside != NULL)
		return outside;
	return r != NULL ? (lang == LANG_VI ? r->vi : r->en) : report_reason_of(s->sub_indication, lang);
}

const char *report_reason_todo(const struct signature *s, enum lang lang)
{
	const struct reason *r = find(s);
	if (around(s, true) != NULL && s->changes_after == CHANGES_FORBIDDEN)
		return lang == LANG_VI
			       ? "Không sử dụng bản này; bản đúng như lúc ký lấy ra được bằng congvan verify "
				 "--save-signed-revision; hỏi nơi gửi ai đã sửa."
			       : "Do not use this copy; congvan verify --save-signed-revision gives what was "
				 "signed; "
				 "ask the sender who changed it.";
	return r != NULL ? (lang == LANG_VI ? r->todo_vi : r->todo_en) : NULL;
}

const char *report_reason_of(const char *sub_indication, enum lang lang)
{
	for (const struct reason *r = reasons; sub_indication != NULL && r->vi != NULL; r++)
		if (r->code == NULL && strcmp(r->sub_indication, sub_indication) == 0)
			return lang == LANG_VI ? r->vi : r->en;
	return sub_indication != NULL ? sub_indication : "";
}
