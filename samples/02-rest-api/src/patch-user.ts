import { OmitType, PartialType } from '@sluice/core';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { Address, CreateUser } from './create-user';
import { MayBeMissing } from './may-be-missing';

/** A property may be missing but not null. */
const MAY_BE_MISSING = { skipNullProperties: false };

export class PatchAddress extends PartialType(Address, MAY_BE_MISSING) {}

/** The body of a request that changes a user: any subset of the properties, also of the address. */
export class PatchUser extends PartialType(OmitType(CreateUser, ['address']), MAY_BE_MISSING) {
  @MayBeMissing()
  @ValidateNested()
  @Type(() => PatchAddress)
  address?: PatchAddress;
}
